package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.Reach;
import ltv.ingest.http.CallMeter;
import ltv.ingest.http.Waiting;
import ltv.ingest.land.LandedDay;
import ltv.ingest.land.LandedPage;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.plan.CollectionPlan;
import ltv.ingest.plan.Decision;
import ltv.ingest.plan.Decision.Action;
import ltv.ingest.plan.ReadLog;
import ltv.ingest.plan.Wanted;
import ltv.lake.Lake;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The README's site of three, two, one and two accounts: its tables are what the plan says. */
@ResourceLock("facebook-sdk")
@ResourceLock(Resources.SYSTEM_OUT)
class PlanExampleTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final LocalDate YESTERDAY = LocalDate.of(2026, 11, 19);
  private static final int MORNINGS = 45;
  private static final Request CALL = new Request.Builder().url("http://127.0.0.1/").build();

  @TempDir private Path folder;

  @Test
  void the_plans_in_the_readme_are_what_the_plan_says() throws IOException {
    String readme = Files.readString(Repository.root().resolve("README.md"));
    Matcher block =
        Pattern.compile("(?s)### What a morning costs.*?```yaml\n(.*?)```").matcher(readme);
    assertEquals(true, block.find(), "the README has the example");
    String site = "site: agency\nhome: " + folder + "\n" + block.group(1);
    Path file = Files.writeString(folder.resolve("site.yaml"), site);
    Channels channels = Channels.bind(file, secretsOf(site), List.of());

    List<String> told = new ArrayList<>();
    try (Lake lake = Lake.open(Sites.below(folder))) {
      Instant[] now = {Instant.EPOCH};
      CallBudget budget = new CallBudget(lake.state(), clock(now), Waiting.REAL);
      ReadLog log = new ReadLog(lake.state());
      List<ChannelConnector> connectors = channels.connect(List.of(), budget, Reach.CHANGES);
      for (int back = MORNINGS; back >= 1; back--) {
        LocalDate day = YESTERDAY.minusDays(back);
        now[0] = at(day.plusDays(1), 7);
        connectors.forEach(c -> read(daily(c, day), log, budget, now[0]));
      }
      now[0] = at(YESTERDAY.plusDays(1), 7);
      for (ChannelConnector connector : connectors) {
        told.addAll(rows(daily(connector, YESTERDAY), log, budget, now[0]));
      }
      for (ChannelConnector connector : connectors) {
        backfill(connector, log, budget, now[0]).ifPresent(told::add);
      }
    }

    assertEquals(
        String.join("\n", told),
        readme
            .lines()
            .filter(line -> line.matches("\\| `(morning|backfill): .*"))
            .collect(Collectors.joining("\n")));
  }

  private static Map<String, String> secretsOf(String site) {
    Map<String, String> variables = new TreeMap<>();
    Matcher names = Pattern.compile("\\$\\{([A-Z0-9_]+)").matcher(site);
    while (names.find()) {
      variables.put(names.group(1), names.group(1));
    }
    return variables;
  }

  private static Instant at(LocalDate day, int hour) {
    return day.atTime(LocalTime.of(hour, 0)).atZone(SEOUL).toInstant();
  }

  private static Clock clock(Instant[] now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now[0];
      }
    };
  }

  private static List<Wanted> daily(ChannelConnector connector, LocalDate day) {
    LocalDate first = YESTERDAY.minusDays(MORNINGS);
    return connector.streams().stream()
        .map(
            s -> {
              List<LocalDate> lookback =
                  day.minusDays(s.lookbackDays())
                      .datesUntil(day)
                      .filter(d -> !d.isBefore(first))
                      .toList();
              return new Wanted(s, List.of(day), lookback, Map.of(), day, false);
            })
        .toList();
  }

  /** A morning's run, each day a page of each report. */
  private static void read(List<Wanted> wanted, ReadLog log, CallBudget budget, Instant now) {
    CollectionPlan plan = CollectionPlan.of(wanted, log, budget, now);
    for (Wanted some : wanted) {
      for (ChannelAccount account : some.stream().accounts()) {
        Stream.concat(some.lookback().stream(), some.asked().stream())
            .filter(day -> plan.of(some.stream(), account, day).action() == Action.READ)
            .forEach(
                day -> {
                  budget.reading(new FetchRequest(some.stream(), account, day));
                  some.stream()
                      .reports()
                      .forEach(
                          report ->
                              budget.call(
                                  CALL.newBuilder()
                                      .tag(CallMeter.Counted.class, new CallMeter.Counted(report))
                                      .build()));
                  log.add(landed(some.stream(), account, day, now));
                });
      }
    }
  }

  private static LandedDay landed(
      ChannelStream stream, ChannelAccount account, LocalDate day, Instant now) {
    LandedPage page = new LandedPage("elsewhere/p.gz", "csv", "a", "a", "b", 1, Map.of());
    return new LandedDay(
        stream.channel(),
        stream.name(),
        account.id(),
        account.zone().getId(),
        day.toString(),
        "run",
        now.toString(),
        stream.reports().stream().map(r -> page).toList());
  }

  private static List<String> rows(
      List<Wanted> wanted, ReadLog log, CallBudget budget, Instant now) {
    CollectionPlan plan = CollectionPlan.of(wanted, log, budget, now);
    List<String> rows = new ArrayList<>();
    for (Wanted some : wanted) {
      List<Decision> byAge =
          IntStream.rangeClosed(0, some.stream().lookbackDays())
              .mapToObj(age -> plan.of(some.stream(), YESTERDAY.minusDays(age)))
              .toList();
      String ages =
          IntStream.range(0, byAge.size())
              .filter(age -> byAge.get(age).action() == Action.READ)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(" "));
      rows.add(
          "| `morning: %s` | %d | %s | %d |"
              .formatted(
                  some.stream().dataset(),
                  some.stream().accounts().size(),
                  ages,
                  byAge.stream().mapToInt(Decision::calls).sum()));
    }
    return rows;
  }

  /** What a backfill of a month may read before that morning's run, of a channel with limits. */
  private static Optional<String> backfill(
      ChannelConnector connector, ReadLog log, CallBudget budget, Instant now) {
    List<CallLimit> limits = connector.limits();
    if (limits.isEmpty()) {
      return Optional.empty();
    }
    CollectionPlan.of(daily(connector, YESTERDAY), log, budget, now)
        .leaveCalls(budget, YESTERDAY.plusDays(1).atStartOfDay(SEOUL).toInstant());
    List<LocalDate> month = LocalDate.of(2026, 9, 1).datesUntil(LocalDate.of(2026, 10, 1)).toList();
    List<Wanted> wanted =
        connector.streams().stream()
            .map(s -> new Wanted(s, month, List.of(), Map.of(), month.get(0), false))
            .toList();
    CollectionPlan plan = CollectionPlan.of(wanted, log, budget, now);
    String read =
        connector.streams().stream()
            .map(
                s ->
                    "%d of %s"
                        .formatted(
                            month.stream()
                                .filter(d -> plan.of(s, d).action() == Action.READ)
                                .count(),
                            s.name()))
            .collect(Collectors.joining(", "));
    Decision last = plan.of(connector.streams().get(0), month.get(month.size() - 1));
    return Optional.of(
        "| `backfill: %s, 30 days` | %s | %s |".formatted(connector.channel(), read, last));
  }
}
