package ltv.config;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the engine may use.
 *
 * @param threads 1 or more; by default the processors that this process may use
 * @param memoryLimit as DuckDB writes it, for example {@code 1GB}; outside the Java heap. By
 *     default half of the memory that the container, or else the machine, may use
 */
public record EngineSettings(Integer threads, String memoryLimit) {
  public EngineSettings {
    threads = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    memoryLimit = memoryLimit == null ? halfOf(memory()) : memoryLimit;
    new Problems()
        .check(threads > 0, "threads", "must be 1 or more")
        .check(
            memoryLimit.matches("\\d+ ?[KMGT]i?B"), "memory_limit", "must be a size such as 500MB")
        .throwIfAny();
  }

  /** The JDK's own reading of the control group: a container's limit where there is one. */
  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  static String halfOf(long bytes) {
    return bytes / 2 / (1 << 20) + "MiB";
  }
}
