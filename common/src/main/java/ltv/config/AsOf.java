package ltv.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import ltv.run.Days;

/** Which days of a run get a snapshot in the marts that are kept by as-of date. */
public enum AsOf {
  /** Every day. */
  @JsonProperty("daily")
  DAILY,
  /** The last day of each month. */
  @JsonProperty("month_end")
  MONTH_END,
  /** The last day of the run's range. */
  @JsonProperty("range_end")
  RANGE_END;

  /** Whether {@code day} of a run over {@code days} is built. */
  public boolean builds(LocalDate day, Days days) {
    return switch (this) {
      case DAILY -> true;
      case MONTH_END -> day.plusDays(1).getDayOfMonth() == 1;
      case RANGE_END -> day.equals(days.to());
    };
  }
}
