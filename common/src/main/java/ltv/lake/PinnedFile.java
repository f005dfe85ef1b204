package ltv.lake;

/**
 * A data file of a pinned read.
 *
 * @param path on this host
 * @param rows how many it has
 * @param asPinned whether its columns are those of the pinned schema by id, name and type; else it
 *     is older than a change of the table, and its columns are found by id
 */
public record PinnedFile(String path, long rows, boolean asPinned) {}
