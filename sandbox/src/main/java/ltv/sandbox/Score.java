package ltv.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import ltv.config.SiteConfig;
import ltv.sandbox.market.Findings;
import ltv.sandbox.market.Publisher;
import ltv.sandbox.market.Sources;
import ltv.sandbox.market.Sum;
import ltv.sandbox.market.Truth;

/**
 * Compares what the pipeline made with what really happened. Each line is a number that must be met
 * exactly, or a share that must be reached; one that is not makes the score fail.
 */
final class Score {
  private final Truth truth;
  private final Optional<Truth> earlier;
  private final List<Line> lines = new ArrayList<>();

  /**
   * A score against the truth.
   *
   * @param earlier what was true when days were first read, if anything was told otherwise then
   */
  Score(Truth truth, Optional<Truth> earlier) {
    this.truth = truth;
    this.earlier = earlier;
  }

  /** One number that must be met. */
  record Line(String what, String truth, String found, boolean exact) {}

  /** Prints the campaigns and the comparison; returns whether everything is exact. */
  boolean print(SiteConfig site) {
    MartQuery marts = new MartQuery(site.marts().file());
    System.out.println();
    System.out.println("Campaigns, all days (" + site.marts() + ", mart_campaign_daily)");
    marts.print(
        """
        select channel, campaign_id, arg_max(campaign_name, report_date) as campaign_name,
          cast(sum(spend) as decimal(18,0)) as spend, sum(installs) as installs, sum(orders) as orders,
          cast(sum(revenue) as decimal(18,0)) as revenue,
          printf('%.2f', sum(revenue) / nullif(cast(sum(spend) as double), 0)) as roas
        from mart_campaign_daily group by 1, 2 order by spend desc, installs desc""");

    compare(site);
    System.out.println();
    System.out.print(TextTable.of(table()));
    return lines.stream().allMatch(Line::exact);
  }

  private List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("score", "truth", "found", "exact"));
    lines.forEach(l -> table.add(List.of(l.what, l.truth, l.found, l.exact ? "yes" : "NO")));
    return table;
  }

  /** Every comparison, in a fixed order. */
  List<Line> compare(SiteConfig site) {
    MartQuery marts = new MartQuery(site.marts().file());
    Map<String, Long> spend =
        numbers(
            marts,
            "select report_date || '|' || channel || '|' || campaign_id, cast(spend as bigint)"
                + " from mart_campaign_daily where spend <> 0");
    map("spend, won, by day and campaign", positive(truth.spend()), spend);
    Map<String, Long> installs =
        numbers(
            marts,
            "select report_date || '|' || channel || '|' || campaign_id, installs"
                + " from mart_campaign_daily where installs <> 0");
    map("installs by day and channel", byChannel(truth.counted().installs()), byChannel(installs));
    map("orders by day", truth.counted().orders(), perDay(marts, "sum(orders)"));
    map("revenue, won, by day", positive(truth.counted().revenue()), perDay(marts, "sum(revenue)"));
    rows(site);
    LakeSums sums = new LakeSums(site);
    sums.all().forEach(this::sum);
    earlier.ifPresent(first -> restated(first, sums.restated()));
    findings(site);
    return List.copyOf(lines);
  }

  private void findings(SiteConfig site) {
    Findings known = truth.findings();
    LakeFindings lake = new LakeFindings(site);
    map(
        "decisions by day and rule, R01 R02 R06 R07 R21 R22",
        positive(known.decisions()),
        lake.decisions());
    line(
        "conversions",
        Map.of(),
        Map.of("that campaigns and their ads tell otherwise", lake.disputedConversions()));
    Map<String, String> brought = truth.counted().brought();
    if (!brought.isEmpty()) {
      campaigns(brought, Recognised.same(brought, lake.campaigns(), hashKey(site)), lake);
    }
    if (!known.untold().isEmpty()) {
      people(known, Recognised.of(known, lake.untold(), hashKey(site)));
    }
    if (known.publishers().values().stream().anyMatch(rule -> !rule.isEmpty())) {
      publishers(known.publishers(), lake.publishers());
    }
  }

  private static String hashKey(SiteConfig site) {
    return site.personalData().path("hash_key").asText();
  }

  private void campaigns(Map<String, String> brought, long right, LakeFindings lake) {
    least("of installs with a credit, under the right campaign", right, brought.size(), 0.99);
    map(
        "touches before the winning one, by day and campaign",
        truth.counted().assists(),
        lake.assists());
    map(
        "spend that users or nobody bear, by day and campaign",
        positive(truth.spend()),
        lake.borne());
  }

  private void people(Findings known, Recognised people) {
    least("of user ids put into events, right", people.right(), people.filled(), 0.999);
    least("of events whose user something reveals, named", people.right(), people.revealed(), 0.98);
    long untold =
        known.untold().values().stream().flatMap(m -> m.values().stream()).mapToLong(n -> n).sum();
    long all = known.named() + untold;
    double sent = (double) known.named() / all;
    least(
        "of events with a user id; sent were %.4f".formatted(sent),
        known.named() + people.filled(),
        all,
        sent);
  }

  private void publishers(Map<String, String> known, Map<String, Set<String>> found) {
    Set<String> flagged = new TreeSet<>(found.keySet());
    flagged.retainAll(known.keySet());
    long dishonest = known.values().stream().filter(Publisher.BY_PUBLISHER::contains).count();
    long rightly = flagged.stream().filter(site -> !known.get(site).isEmpty()).count();
    long caught =
        known.entrySet().stream()
            .filter(e -> Publisher.BY_PUBLISHER.contains(e.getValue()))
            .filter(e -> found.getOrDefault(e.getKey(), Set.of()).contains(e.getValue()))
            .count();
    least("of publishers that a rule speaks against, dishonest", rightly, flagged.size(), 0.95);
    least("of dishonest publishers, found by the rule they break", caught, dishonest, 0.8);
  }

  /** A share that must not be less. */
  private void least(String what, long part, long whole, double atLeast) {
    double share = whole == 0 ? 0 : (double) part / whole;
    lines.add(
        new Line(
            what + ", " + "%,d of %,d".formatted(part, whole),
            "≥ %.4f".formatted(atLeast),
            "%.4f".formatted(share),
            share >= atLeast));
  }

  private void rows(SiteConfig site) {
    LakeRows lake = new LakeRows(site);
    received(lake.sources());
    received(lake.unjudged());
    line("duplicates removed", truth.duplicates(), lake.removed("duplicate"));
    line("second views removed", truth.notPrimary(), lake.removed("not_primary_attribution"));
    line("rows that do not count", truth.counted().excluded(), lake.excluded());
    line("rows lost on the way", Map.of(), lake.lost());
  }

  private void received(Map<String, Map<String, Long>> found) {
    found.forEach(
        (dataset, days) -> {
          Map<String, Long> served = new TreeMap<>();
          if (Sources.SNAPSHOTS.contains(dataset)) {
            earlier.ifPresent(e -> served.putAll(e.rowsServed().getOrDefault(dataset, Map.of())));
          }
          served.putAll(truth.rowsServed().getOrDefault(dataset, Map.of()));
          if (!served.isEmpty() || !days.isEmpty()) { // a source that this site may be without
            map("rows received by day, " + dataset, positive(served), positive(days));
          }
        });
  }

  private void sum(Sum sum, Map<String, Long> found) {
    String what = "%s by day and %s, %s, thousandths";
    map(
        what.formatted(sum.column(), String.join(", ", sum.by()), sum.dataset()),
        truth.sums().getOrDefault(sum.name(), Map.of()),
        found);
  }

  /** A day that was told otherwise later owes the difference, one that was told once owes none. */
  private void restated(Truth first, Map<Sum, Map<String, Long>> found) {
    for (Sum sum : Sum.RESTATED) {
      Map<String, Long> changes = new TreeMap<>();
      Map<String, Long> before = byDay(first, sum);
      Map<String, Long> after = byDay(truth, sum);
      before.forEach((day, value) -> changes.put(day, after.getOrDefault(day, 0L) - value));
      map(
          "%s restated by day, %s, thousandths".formatted(sum.column(), sum.dataset()),
          positive(changes),
          found.get(sum));
    }
  }

  private static Map<String, Long> byDay(Truth truth, Sum sum) {
    Map<String, Long> days = new TreeMap<>();
    truth
        .sums()
        .getOrDefault(sum.name(), Map.of())
        .forEach((group, n) -> days.merge(group.substring(0, group.indexOf('|')), n, Long::sum));
    return days;
  }

  private static Map<String, Long> positive(Map<String, Long> all) {
    return all.entrySet().stream()
        .filter(e -> e.getValue() != 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, Long> byChannel(Map<String, Long> byCampaign) {
    Map<String, Long> channels = new TreeMap<>();
    byCampaign.forEach(
        (key, n) -> channels.merge(key.substring(0, key.lastIndexOf('|')), n, Long::sum));
    return channels;
  }

  private static Map<String, Long> perDay(MartQuery marts, String number) {
    return numbers(
        marts,
        "select report_date, cast("
            + number
            + " as bigint) from mart_campaign_daily"
            + " group by 1 having "
            + number
            + " <> 0");
  }

  private static Map<String, Long> numbers(MartQuery marts, String query) {
    Function<List<String>, String> key = row -> row.get(0);
    return marts.rows(query).stream()
        .skip(1)
        .collect(Collectors.toMap(key, row -> Long.valueOf(row.get(1)), Long::sum, TreeMap::new));
  }

  /** Every single cell must agree, not only the total. */
  private void map(String what, Map<String, Long> expected, Map<String, Long> found) {
    boolean same = new TreeMap<>(expected).equals(new TreeMap<>(found));
    lines.add(new Line(what, total(expected), total(found), same));
  }

  private void line(String what, Map<String, Long> expected, Map<String, Long> found) {
    found.forEach(
        (dataset, rows) -> {
          long owed = expected.getOrDefault(dataset, 0L);
          lines.add(
              new Line(
                  what + ", " + dataset,
                  "%,d".formatted(owed),
                  "%,d".formatted(rows),
                  owed == rows));
        });
  }

  private static String total(Map<String, Long> map) {
    return "%,d".formatted(map.values().stream().mapToLong(Long::longValue).sum());
  }
}
