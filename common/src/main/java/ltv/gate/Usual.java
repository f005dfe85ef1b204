package ltv.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the days of a dataset are compared by: the {@code usual} section of {@code schema.yml}. A
 * day whose numbers are far from those of the weeks before is held.
 *
 * @param by the column whose values are looked at one by one, for example the channel
 * @param counts columns that count what happens by chance, or {@code rows}; summed
 * @param sums columns of money and the like; summed
 * @param rates quotients of the above
 * @param last the timestamp column (UTC) whose latest value says how far into the day the rows
 *     reach; null for none
 */
public record Usual(
    String by, List<String> counts, List<String> sums, List<Rate> rates, String last) {
  /** The name of the number of rows. */
  public static final String ROWS = "rows";

  /** The name under which the latest timestamp is noted: minutes after 00:00 UTC of the day. */
  public static final String REACHES = "reaches";

  public Usual {
    counts = counts == null ? List.of() : List.copyOf(counts);
    sums = sums == null ? List.of() : List.copyOf(sums);
    rates = rates == null ? List.of() : List.copyOf(rates);
    if (by == null || counts.isEmpty() && sums.isEmpty()) {
      throw new IllegalArgumentException("usual owes by, and counts or sums");
    }
    for (Rate rate : rates) {
      if (!counts.contains(rate.of) && !sums.contains(rate.of)
          || !counts.contains(rate.per) && !sums.contains(rate.per)) {
        throw new IllegalArgumentException(
            "usual: the rate " + rate + " is of something that is not among counts and sums");
      }
    }
  }

  /** One number per another, such as conversions per click. */
  public record Rate(String of, String per) {
    @Override
    public String toString() {
      return of + " per " + per;
    }
  }

  /** Counts, then sums. */
  public List<String> numbers() {
    return Stream.concat(counts.stream(), sums.stream()).toList();
  }

  /** The columns that it names. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(numbers());
    columns.remove(ROWS);
    columns.add(by);
    if (last != null) {
      columns.add(last);
    }
    return columns;
  }
}
