package ltv.lake;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What one run replaces: a day of a dated dataset, or the whole of a dateless one.
 *
 * @param day empty for a dateless dataset
 */
public record Partition(Optional<LocalDate> day) implements Comparable<Partition> {
  /** The one partition of a dateless dataset. */
  public static final Partition WHOLE = new Partition(Optional.empty());

  private static final String WHOLE_TEXT = "all";

  /** The partition of a day. */
  public static Partition of(LocalDate day) {
    return new Partition(Optional.of(day));
  }

  /** Reads what {@link #toString} wrote. */
  public static Partition parse(String text) {
    return text.equals(WHOLE_TEXT) ? WHOLE : of(LocalDate.parse(text));
  }

  @Override
  public int compareTo(Partition other) {
    return day.isPresent() && other.day.isPresent()
        ? day.get().compareTo(other.day.get())
        : toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return day.map(LocalDate::toString).orElse(WHOLE_TEXT);
  }
}
