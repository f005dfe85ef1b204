package ltv.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.OptionalInt;

/**
 * What a dataset reads of another one.
 *
 * @param required whether a partition waits for this input's day; a missing optional input is built
 *     without, and marked
 * @param lookback how many earlier days the query sees; empty for all of them
 * @param lookahead how many later days it sees, as far as they are there: the day is built again
 *     when one of them comes
 */
public record DatasetInput(boolean required, OptionalInt lookback, int lookahead) {
  private static final String ALL = "all";

  @JsonCreator
  static DatasetInput parse(
      @JsonProperty("required") Boolean required,
      @JsonProperty("lookback") String lookback,
      @JsonProperty("lookahead") int lookahead) {
    if (required == null) {
      throw new IllegalArgumentException("an input says whether it is required: true or false");
    }
    OptionalInt days =
        lookback == null
            ? OptionalInt.of(0)
            : lookback.equals(ALL)
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(lookback));
    return new DatasetInput(required, days, lookahead);
  }

  /** The last day that the partition of {@code day} sees. */
  public LocalDate lastDay(LocalDate day) {
    return day.plusDays(lookahead);
  }

  /** The first day that the partition of {@code day} sees. */
  public LocalDate firstDay(LocalDate day) {
    return lookback.isPresent() ? day.minusDays(lookback.getAsInt()) : LocalDate.MIN;
  }
}
