package ltv.dataset;

/** Which of the requested partitions a run builds. */
public enum BuildMode {
  /** Those whose inputs or recipe differ from what they were built from. */
  CHANGED,
  /** All of them. */
  FORCE,
  /** Only those that were never built. */
  ONLY_MISSING
}
