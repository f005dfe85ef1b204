package ltv.lake;

/**
 * What a vacuum removed.
 *
 * @param snapshots old versions
 * @param files that nobody knew any more
 * @param bytes of these files
 */
public record Vacuumed(long snapshots, long files, long bytes) {}
