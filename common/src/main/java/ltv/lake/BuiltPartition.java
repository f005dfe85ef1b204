package ltv.lake;

import java.nio.file.Path;

/**
 * A partition that is written to scratch and waits for its commit.
 *
 * @param partition which one
 * @param facts what the ledger will say; its {@code files} are filled at the commit
 * @param file one Parquet file, possibly of no rows
 * @param statistics of the file's columns
 */
public record BuiltPartition(
    Partition partition, LedgerEntry facts, Path file, FileStatistics statistics) {}
