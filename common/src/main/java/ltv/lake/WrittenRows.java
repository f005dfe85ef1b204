package ltv.lake;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;

/** Where the rows of a built partition lie until its commit. */
public sealed interface WrittenRows {
  /** How many there are. */
  long rows();

  /**
   * On this host, to be uploaded by the commit.
   *
   * @param file one Parquet file, possibly of no rows
   * @param statistics of the file's columns
   */
  record OnScratch(Path file, FileStatistics statistics) implements WrittenRows {
    @Override
    public long rows() {
      return statistics.rows();
    }
  }

  /**
   * In the table's folder already, put there by an engine of many hosts; no published snapshot
   * knows them yet.
   *
   * @param files with their statistics
   * @param sha256 of each file's bytes, by location
   */
  record InPlace(List<DataFile> files, Map<String, String> sha256) implements WrittenRows {
    @Override
    public long rows() {
      return files.stream().mapToLong(DataFile::recordCount).sum();
    }
  }
}
