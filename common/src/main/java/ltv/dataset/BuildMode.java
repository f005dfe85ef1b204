package ltv.dataset;

import ltv.run.RunFlags;

/** Which of the requested partitions a run builds. */
public enum BuildMode {
  /** Those whose inputs or recipe differ from what they were built from. */
  CHANGED,
  /** All of them. */
  FORCE,
  /** Only those that were never built. */
  ONLY_MISSING;

  /** What the flags of a run ask for. */
  public static BuildMode of(RunFlags flags) {
    return flags.force() ? FORCE : flags.onlyMissing() ? ONLY_MISSING : CHANGED;
  }
}
