package ltv.calculate.hold;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * What people name of all that is held: days, and single partitions with what is held for nothing
 * but them.
 */
final class Selection {
  private Selection() {}

  /**
   * The held partitions that are meant, each after those that it was built on.
   *
   * @param names days as {@code 2026-11-15}, partitions as {@code dataset/2026-11-15}
   * @param open all that is held, each dataset after its inputs
   * @throws JobException with exit 64 for a name of which nothing is held
   */
  static List<HeldPartition> of(List<String> names, List<HeldPartition> open) {
    Set<String> meant = new HashSet<>();
    for (String name : names) {
      List<HeldPartition> its = open.stream().filter(held -> isNamed(name, held)).toList();
      if (its.isEmpty()) {
        throw new JobException(
            ExitCode.USAGE,
            "Nothing is held under %s; held are: %s. Give a day, or dataset/day."
                .formatted(
                    name,
                    open.isEmpty()
                        ? "none"
                        : open.stream()
                            .filter(held -> !held.follows())
                            .map(HeldPartition::name)
                            .collect(Collectors.joining(", "))));
      }
      its.forEach(held -> meant.add(held.name()));
    }
    List<HeldPartition> selected = new ArrayList<>();
    for (HeldPartition held : open) {
      boolean behind = held.follows() && held.hold().on().stream().anyMatch(meant::contains);
      if (meant.contains(held.name()) || behind) {
        meant.add(held.name());
        selected.add(held);
      }
    }
    return selected;
  }

  private static boolean isNamed(String name, HeldPartition held) {
    return name.contains("/") ? held.name().equals(name) : held.isOf(day(name));
  }

  private static LocalDate day(String name) {
    try {
      return LocalDate.parse(name);
    } catch (DateTimeParseException e) {
      throw new JobException(
          ExitCode.USAGE, name + " is neither a day (2026-11-15) nor dataset/day.", e);
    }
  }
}
