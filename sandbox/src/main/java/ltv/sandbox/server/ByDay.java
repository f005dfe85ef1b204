package ltv.sandbox.server;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a report holds, found by day: a request for one day must not walk through all of them. */
final class ByDay<T> {
  private final NavigableMap<LocalDate, List<T>> days = new TreeMap<>();

  void add(LocalDate day, T value) {
    days.computeIfAbsent(day, d -> new ArrayList<>()).add(value);
  }

  /** Both ends inclusive, oldest day first, within a day as added; empty for a reversed range. */
  List<T> between(LocalDate from, LocalDate to) {
    return to.isBefore(from)
        ? List.of()
        : days.subMap(from, true, to, true).values().stream().flatMap(List::stream).toList();
  }

  /** Of every day, oldest first. */
  List<T> all() {
    return days.values().stream().flatMap(List::stream).toList();
  }
}
