package ltv.ingest.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.CallLimit.Period;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.LandedDay;
import ltv.ingest.plan.Decision.Action;
import ltv.ingest.plan.Readings.Reading;

/**
 * Which account's days of one channel's streams a run reads: those asked for, then earlier ones
 * that are due, the longest overdue first, as far as the channel's limits let it.
 */
public final class CollectionPlan {
  /** What was landed and not committed is as good as read now for so long. */
  private static final Duration FRESH = Duration.ofHours(24);

  private record Key(String stream, String account, LocalDate day) {}

  /**
   * Something that a run would read if it may.
   *
   * @param calls of each of the stream's report types
   * @param last reading; null when it was never read
   * @param anew whether nothing that is there will do
   * @param overdue time since the last reading, over the promised time between two
   */
  private record Wish(
      ChannelStream stream,
      ChannelAccount account,
      LocalDate day,
      int calls,
      Reading last,
      boolean asked,
      boolean anew,
      double overdue) {
    /** What was asked for in order; then what is most overdue, of that the youngest. */
    static final Comparator<Wish> ORDER =
        Comparator.comparing((Wish w) -> !w.asked)
            .thenComparing(Wish::overdue, Comparator.reverseOrder())
            .thenComparing(w -> w.asked ? w.day.toEpochDay() : -w.day.toEpochDay());

    Key key() {
      return new Key(stream.name(), account.id(), day);
    }
  }

  private final Map<Key, Wish> wishes = new LinkedHashMap<>();
  private final Map<Key, Decision> decisions = new HashMap<>();
  private final List<CallLimit> limits;
  private final CallHistory history;
  private final Instant now;

  private CollectionPlan(List<CallLimit> limits, CallHistory history, Instant now) {
    this.limits = limits;
    this.history = history;
    this.now = now;
  }

  /** Plans by what the log and the budget say at this moment. */
  public static CollectionPlan of(
      List<Wanted> wanted, ReadLog log, CallBudget budget, Instant now) {
    String channel = wanted.isEmpty() ? "" : wanted.get(0).stream().channel();
    return of(wanted, log, budget.limits(channel), budget.history(channel), now);
  }

  static CollectionPlan of(
      List<Wanted> wanted,
      Readings readings,
      List<CallLimit> limits,
      CallHistory history,
      Instant now) {
    CollectionPlan plan = new CollectionPlan(limits, history.copy(), now);
    for (Wanted some : wanted) {
      for (ChannelAccount account : some.stream().accounts()) {
        Map<LocalDate, Reading> last = readings.since(some.first(), some.stream(), account);
        some.asked().forEach(day -> plan.asked(some, account, day, last.get(day)));
        some.lookback().forEach(day -> plan.due(some, account, day, last.get(day)));
      }
    }
    plan.wishes.values().stream().sorted(Wish.ORDER).forEach(plan::decide);
    return plan;
  }

  private void asked(Wanted some, ChannelAccount account, LocalDate day, Reading last) {
    Instant over = day.plusDays(1).atStartOfDay(account.zone()).toInstant();
    boolean told = some.stream().ofNow() && last != null && !last.at().isBefore(over);
    if (told && !some.everything()) {
      decisions.put(
          new Key(some.stream().name(), account.id(), day),
          new Decision(
              Action.REST, true, "told when the day was over", Decision.NEVER_BY_ITSELF, 0));
      return;
    }
    wish(some, account, day, last, true, 0);
  }

  private void due(Wanted some, ChannelAccount account, LocalDate day, Reading last) {
    long age = ChronoUnit.DAYS.between(day, some.runDay());
    boolean corrected = last != null && some.restated(account, day, last.at());
    if (age > some.stream().lookbackDays() && !corrected) {
      return; // it is there for the sake of another account
    }
    if (last == null || some.stream().reports().isEmpty()) {
      wish(some, account, day, last, false, Double.POSITIVE_INFINITY);
      return;
    }
    boolean rests = !some.everything() && !corrected;
    Instant from = last.at().plus(rests ? Cadence.pause(age, last.moved()) : Duration.ZERO);
    if (from.isAfter(now)) {
      decisions.put(
          new Key(some.stream().name(), account.id(), day),
          new Decision(Action.REST, false, "read lately", from, 0));
      return;
    }
    double overdue =
        (double) Duration.between(last.at(), now).toMinutes()
            / Cadence.promised(age, last.moved()).toMinutes();
    wish(some, account, day, last, false, overdue);
  }

  private void wish(
      Wanted some,
      ChannelAccount account,
      LocalDate day,
      Reading last,
      boolean asked,
      double overdue) {
    int reports = Math.max(1, some.stream().reports().size());
    int calls = last == null ? 1 : Math.max(1, (last.pages() + reports - 1) / reports);
    Wish wish =
        new Wish(some.stream(), account, day, calls, last, asked, some.everything(), overdue);
    wishes.put(wish.key(), wish);
  }

  private void decide(Wish wish) {
    List<String> reports = wish.stream.reports();
    List<String> taken = new ArrayList<>();
    for (String report : reports) {
      Optional<Decision> closed = closed(wish, report);
      if (closed.isPresent()) {
        taken.forEach(r -> history.add(wish.account.id(), r, now, -wish.calls));
        decisions.put(wish.key(), closed.get());
        return;
      }
      history.add(wish.account.id(), report, now, wish.calls);
      taken.add(report);
    }
    String why = wish.asked ? "asked for" : "the source may restate it";
    decisions.put(
        wish.key(), new Decision(Action.READ, wish.asked, why, now, wish.calls * reports.size()));
  }

  /** The limit that opens last of those that do not let the wish pass; waits of a minute do. */
  private Optional<Decision> closed(Wish wish, String report) {
    return limits.stream()
        .filter(limit -> limit.every() != Period.MINUTE && limit.counts(report))
        .flatMap(
            limit -> {
              int calls = Math.min(wish.calls, limit.calls());
              return history.closedUntil(limit, wish.account.id(), now, calls).stream()
                  .map(t -> new Decision(Action.POSTPONE, wish.asked, used(limit), t, 0));
            })
        .max(Comparator.comparing(Decision::at));
  }

  /** Leaves the calls for what is wanted here to another run, but for what was read since. */
  public void leaveCalls(CallBudget budget, Instant since) {
    wishes.values().stream()
        .filter(w -> w.last == null || w.last.at().isBefore(since))
        .forEach(w -> budget.keep(w.stream, w.account.id(), w.calls));
  }

  /** A plan that reads nothing. */
  public static CollectionPlan nothing(Instant now) {
    return new CollectionPlan(List.of(), new CallHistory(), now);
  }

  /**
   * Whether a day that is to be read was landed lately, by a run that did not live to commit it.
   */
  public boolean isRead(ChannelStream stream, ChannelAccount account, LandedDay landed) {
    Wish wish = wishes.get(new Key(stream.name(), account.id(), LocalDate.parse(landed.date())));
    Instant at = Instant.parse(landed.fetchedAt()).truncatedTo(ChronoUnit.SECONDS);
    return wish != null
        && !wish.anew
        && !stream.reports().isEmpty()
        && (wish.last == null || wish.last.at().isBefore(at))
        && at.plus(FRESH).isAfter(now);
  }

  private static String used(CallLimit limit) {
    return "its " + limit + " are used or kept for the daily run";
  }

  /** What becomes of an account's day; a day that nobody wanted rests. */
  public Decision of(ChannelStream stream, ChannelAccount account, LocalDate day) {
    Key key = new Key(stream.name(), account.id(), day);
    return decisions.getOrDefault(key, new Decision(Action.REST, false, "not asked for", now, 0));
  }

  /** The same for all accounts: read when one is, else postponed when one is. */
  public Decision of(ChannelStream stream, LocalDate day) {
    List<Decision> all = stream.accounts().stream().map(a -> of(stream, a, day)).toList();
    int calls = all.stream().mapToInt(Decision::calls).sum();
    Decision first =
        all.stream()
            .min(Comparator.comparing(Decision::action).thenComparing(Decision::at))
            .orElseThrow();
    return new Decision(first.action(), first.asked(), first.why(), first.at(), calls);
  }
}
