package ltv.lake;

import java.time.Duration;

/**
 * How long things are kept that nobody needs any more.
 *
 * @param history how far back a table can be looked at and rolled back
 * @param snapshots how many are kept however old they are
 * @param orphans age at which a file that no snapshot knows may go; longer than the longest job
 */
public record Retention(Duration history, int snapshots, Duration orphans) {}
