package ltv.config;

/**
 * What the engine may use.
 *
 * @param threads 1 or more; default 2
 * @param memoryLimit as DuckDB writes it, for example {@code 1GB}; outside the Java heap
 */
public record EngineSettings(Integer threads, String memoryLimit) {
  public EngineSettings {
    threads = threads == null ? 2 : threads;
    memoryLimit = memoryLimit == null ? "1GB" : memoryLimit;
    new Problems()
        .check(threads > 0, "threads", "must be 1 or more")
        .check(
            memoryLimit.matches("\\d+ ?[KMGT]i?B"), "memory_limit", "must be a size such as 500MB")
        .throwIfAny();
  }
}
