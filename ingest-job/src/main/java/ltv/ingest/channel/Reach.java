package ltv.ingest.channel;

/** How much is read of a source that can say what has changed. */
public enum Reach {
  /** What has changed since it was read last. */
  CHANGES,
  /** Everything. */
  WHOLE
}
