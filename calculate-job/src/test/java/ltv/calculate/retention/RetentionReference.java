package ltv.calculate.retention;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import ltv.calculate.retention.RetentionWorld.Member;

/** {@code mart_retention_cohort} by its words: member by member, cell by cell, in plain Java. */
final class RetentionReference {
  private static final int SHAPE = 11;
  private static final int SMALL = 30;

  /** A length of periods, and how many of them the mart tells. */
  private enum Length {
    DAY(60, 60),
    WEEK(52, 78),
    MONTH(23, 23);

    private final int ages;
    private final int cohorts;

    Length(int ages, int cohorts) {
      this.ages = ages;
      this.cohorts = cohorts;
    }

    LocalDate begin(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
      };
    }

    LocalDate later(LocalDate begin, int periods) {
      return switch (this) {
        case DAY -> begin.plusDays(periods);
        case WEEK -> begin.plusWeeks(periods);
        case MONTH -> begin.plusMonths(periods);
      };
    }
  }

  private record Group(String level, String kind, Length length, String channel, String campaign) {
    /** Of campaigns by week less is told. */
    private boolean isShort() {
      return level.equals("campaign") && length == Length.WEEK;
    }

    private int ages() {
      return isShort() ? 26 : length.ages;
    }

    private int cohorts() {
      return isShort() ? 52 : length.cohorts;
    }
  }

  /** Users of a cell, those active in it, and those active in it or later. */
  private record Counts(long users, long active, long orLater) {
    Counts plus(Counts other) {
      return new Counts(users + other.users, active + other.active, orLater + other.orLater);
    }
  }

  private final RetentionWorld world;
  private final List<List<Object>> rows = new ArrayList<>();

  private RetentionReference(RetentionWorld world) {
    this.world = world;
  }

  /** Every row that the mart must have, in no order, each in the order of the mart's columns. */
  static List<List<Object>> rows(RetentionWorld world) {
    RetentionReference reference = new RetentionReference(world);
    for (Length length : Length.values()) {
      reference.tell("all", length, m -> List.of("all", "all"));
      reference.tell("channel", length, m -> List.of(m.channel(), "all"));
      if (length != Length.DAY) {
        reference.tell("campaign", length, m -> List.of(m.channel(), m.campaign()));
      }
    }
    return reference.rows;
  }

  private void tell(String level, Length length, Function<Member, List<String>> place) {
    world.members().stream()
        .filter(m -> !level.equals("campaign") || m.kind().equals("install_to_order"))
        .collect(
            Collectors.groupingBy(
                m ->
                    new Group(
                        level, m.kind(), length, place.apply(m).get(0), place.apply(m).get(1))))
        .forEach(this::tell);
  }

  private void tell(Group group, List<Member> members) {
    Length length = group.length();
    LocalDate oldest = length.later(length.begin(world.asOf()), -group.cohorts());
    Map<Integer, List<Counts>> over = new TreeMap<>();
    members.stream()
        .collect(
            Collectors.groupingBy(m -> length.begin(m.start()), TreeMap::new, Collectors.toList()))
        .tailMap(oldest)
        .forEach((begin, cohort) -> tell(group, begin, cohort, over));
    over.forEach(
        (n, cells) ->
            row(
                group,
                Arrays.asList("mean", null, (long) n, null, null, "complete", (long) cells.size()),
                cells.stream().reduce(new Counts(0, 0, 0), Counts::plus)));
  }

  private void tell(
      Group group, LocalDate begin, Collection<Member> cohort, Map<Integer, List<Counts>> over) {
    for (int n = 0; n <= group.ages(); n++) {
      LocalDate from = group.length().later(begin, n);
      LocalDate to = group.length().later(begin, n + 1).minusDays(1);
      boolean begun = !from.isAfter(world.asOf());
      if (!begun && n > SHAPE) {
        return;
      }
      Counts counts =
          new Counts(
              cohort.size(),
              cohort.stream().filter(m -> m.isActive(from, to)).count(),
              cohort.stream().filter(m -> m.isActive(from, LocalDate.MAX)).count());
      boolean complete = !to.isAfter(world.asOf());
      if (complete) {
        over.computeIfAbsent(n, none -> new ArrayList<>()).add(counts);
      }
      String state = complete ? "complete" : begun ? "partial" : "future";
      List<Object> cell = Arrays.asList("cohort", begin, (long) n, from, to, state, 1L);
      if (begun) {
        row(group, cell, counts);
      } else {
        row(group, cell, counts.users(), Collections.nCopies(4, null));
      }
    }
  }

  private void row(Group group, List<Object> cell, Counts counts) {
    double users = counts.users();
    row(
        group,
        cell,
        counts.users(),
        List.of(
            counts.active(), counts.orLater(), counts.active() / users, counts.orLater() / users));
  }

  private void row(Group group, List<Object> cell, long users, List<?> activity) {
    List<Object> row = new ArrayList<>();
    row.add(world.asOf());
    row.add(group.kind());
    row.add(group.length().name().toLowerCase(Locale.ROOT));
    row.add(group.level());
    row.add(group.channel());
    row.add(group.campaign());
    row.add(world.name(group.channel(), group.campaign()));
    row.addAll(cell);
    row.add(users);
    row.add(users < SMALL);
    row.addAll(activity);
    rows.add(row);
  }
}
