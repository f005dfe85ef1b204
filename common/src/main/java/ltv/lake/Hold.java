package ltv.lake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a partition was built and not published, and what a person decided then.
 *
 * @param reasons what is unusual or broken, a sentence each
 * @param on the held partitions that it was built on, as {@code dataset/day}
 * @param broken whether a blocking check failed: such rows are nobody's input
 * @param decision what became of it; null as long as nobody has decided
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Hold(List<String> reasons, List<String> on, boolean broken, Decision decision) {
  public Hold {
    reasons = List.copyOf(reasons);
    on = List.copyOf(on);
  }

  /** A hold that nobody has decided about. */
  public static Hold open(List<String> reasons, List<String> on, boolean broken) {
    return new Hold(reasons, on, broken, null);
  }

  /**
   * What a person decided.
   *
   * @param released published as it was built; else rejected
   * @param by who
   * @param why in that person's words
   * @param at ISO instant
   */
  public record Decision(boolean released, String by, String why, String at) {
    @Override
    public String toString() {
      return "%s by %s at %s: %s".formatted(released ? "released" : "rejected", by, at, why);
    }
  }

  /** Whether nothing of its own holds it, only what it was built on. */
  public boolean follows() {
    return reasons.isEmpty() && !broken;
  }

  /** Whether a person let it be published. */
  public boolean released() {
    return decision != null && decision.released();
  }

  /** The same, decided. */
  Hold decided(Decision by) {
    return new Hold(reasons, on, broken, by);
  }

  /** The decision, where there is one. */
  public Optional<Decision> decided() {
    return Optional.ofNullable(decision);
  }

  /** All reasons in one text. */
  public String told() {
    return Stream.concat(reasons.stream(), onHeld().stream()).collect(Collectors.joining("; "));
  }

  /** What it was built on, in words; empty where none of that is held. */
  public Optional<String> onHeld() {
    return on.isEmpty()
        ? Optional.empty()
        : Optional.of("built on " + String.join(", ", on) + ", which is held");
  }
}
