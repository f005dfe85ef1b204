package ltv.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random deliveries with renames, moves and gaps: versions leave no gap and never overlap, and
 * joining by them neither loses nor doubles a row or a won.
 */
class VersionsPropertyTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final int DAYS = 30;
  private static final LocalDate OPEN = LocalDate.of(9999, 12, 31);

  /** One ad's day. */
  private record Delivery(
      LocalDate day, String account, String campaign, String name, String ad, BigDecimal spend) {}

  /** What a campaign was set to on a day, by the channel's own word. */
  private record Setting(
      LocalDate day, String account, String campaign, String name, String status, String budget) {}

  @TestFactory
  Stream<DynamicTest> campaigns() {
    return seeds(
        (session, deliveries) -> {
          List<Setting> settings = settings(new Random(deliveries.size()));
          List<Column> columns = columns("stg_campaign_setting");
          session.table(
              "stg_campaign_setting",
              columns,
              settings.stream().map(each -> row(each, columns)).toList());
          build(session, "dim_campaign");
          SortedSet<String> found = new TreeSet<>();
          session
              .rows(
                  "select campaign_id, account_id, campaign_name, status, cast(daily_budget_local as integer), valid_from, valid_to from dim_campaign")
              .forEach(row -> found.add(String.valueOf(row)));

          assertEquals(versions(deliveries, settings), found);
          assertConserved(
              session,
              deliveries,
              "dim_campaign as d on d.channel = s.channel and d.campaign_id = s.campaign_id");
        });
  }

  @TestFactory
  Stream<DynamicTest> adGroupsAndAds() {
    return seeds(
        (session, deliveries) -> {
          session.table("stg_ad_link", columns("stg_ad_link"), List.of());
          build(session, "dim_ad_group");
          build(session, "dim_ad");

          assertConserved(
              session,
              deliveries,
              "dim_ad_group as d on d.channel = s.channel and d.ad_group_id = s.ad_group_id");
          assertConserved(
              session,
              deliveries,
              "dim_ad as d on d.channel = s.channel and d.ad_group_id = s.ad_group_id and d.ad_id = s.ad_id");
        });
  }

  @FunctionalInterface
  private interface Property {
    void holds(DuckDbSession session, List<Delivery> deliveries);
  }

  private static Stream<DynamicTest> seeds(Property property) {
    return Stream.iterate(1, seed -> seed + 1)
        .limit(8)
        .map(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed,
                    () -> {
                      List<Delivery> deliveries = deliveries(new Random(seed));
                      try (DuckDbSession session = DuckDbCases.open()) {
                        session.define("run_date", FIRST.plusDays(DAYS));
                        List<Column> columns = columns("stg_ad_daily");
                        session.table(
                            "stg_ad_daily",
                            columns,
                            deliveries.stream().map(d -> row(d, columns)).toList());
                        property.holds(session, deliveries);
                      }
                    }));
  }

  private static List<Delivery> deliveries(Random random) {
    List<Delivery> deliveries = new ArrayList<>();
    for (int campaign = 0; campaign < 12; campaign++) {
      int changesIn = 1 + random.nextInt(8);
      String name = "A";
      String account = "1";
      for (int day = random.nextInt(5);
          day < DAYS;
          day += 1 + random.nextInt(2) * random.nextInt(6)) {
        if (random.nextInt(changesIn) == 0) {
          name = "" + (char) ('A' + random.nextInt(3));
        }
        if (random.nextInt(changesIn * 2) == 0) {
          account = "" + (1 + random.nextInt(2));
        }
        for (int ad = random.nextInt(3); ad >= 0; ad--) {
          deliveries.add(
              new Delivery(
                  FIRST.plusDays(day),
                  account,
                  "c" + campaign,
                  random.nextInt(9) == 0 ? "B" : name,
                  "a" + campaign + ad,
                  BigDecimal.valueOf(random.nextInt(1_000_000), 4)));
        }
      }
    }
    Collections.shuffle(deliveries, random);
    return deliveries;
  }

  /** Of some days and campaigns, among them one that never ran. */
  private static List<Setting> settings(Random random) {
    List<Setting> settings = new ArrayList<>();
    for (int campaign = 0; campaign <= 12; campaign++) {
      for (int day = random.nextInt(DAYS); day < DAYS; day += 1 + random.nextInt(3)) {
        settings.add(
            new Setting(
                FIRST.plusDays(day),
                "" + (1 + random.nextInt(2)),
                "c" + campaign,
                "" + (char) ('A' + random.nextInt(2)),
                random.nextInt(3) == 0 ? "paused" : "active",
                random.nextInt(4) == 0 ? null : "" + random.nextInt(2)));
      }
    }
    Collections.shuffle(settings, random);
    return settings;
  }

  private static List<String> row(Setting setting, List<Column> columns) {
    Map<String, String> values = new TreeMap<>();
    values.put("report_date", setting.day.toString());
    values.put("valid_on", setting.day.toString());
    values.put("channel", "meta");
    values.put("account_id", setting.account);
    values.put("campaign_id", setting.campaign);
    values.put("campaign_name", setting.name);
    values.put("status", setting.status);
    values.put("daily_budget_local", setting.budget);
    return Arrays.asList(columns.stream().map(c -> values.get(c.name())).toArray(String[]::new));
  }

  private static List<String> row(Delivery delivery, List<Column> columns) {
    Map<String, String> values =
        Map.of(
            "report_date", delivery.day.toString(),
            "channel", "meta",
            "account_id", delivery.account,
            "campaign_id", delivery.campaign,
            "campaign_name", delivery.name,
            "ad_group_id", "g" + delivery.campaign,
            "ad_id", delivery.ad,
            "ad_name", delivery.name,
            "spend_local", delivery.spend.toPlainString());
    String[] row = columns.stream().map(c -> values.get(c.name())).toArray(String[]::new);
    return Arrays.asList(row);
  }

  /** Walks through the days of each campaign. */
  private static SortedSet<String> versions(List<Delivery> deliveries, List<Setting> settings) {
    Map<String, Map<LocalDate, String[]>> seen = new TreeMap<>();
    for (Delivery each : deliveries) {
      String[] is =
          seen.computeIfAbsent(each.campaign, c -> new TreeMap<>())
              .computeIfAbsent(each.day, d -> new String[] {"", "", null, null});
      is[0] = max(is[0], each.account);
      is[1] = max(is[1], each.name);
    }
    Map<String, LocalDate> first = new TreeMap<>();
    seen.forEach((campaign, days) -> first.put(campaign, days.keySet().iterator().next()));
    Map<String, SortedSet<LocalDate>> told = new TreeMap<>();
    for (Setting each : settings) {
      if (seen.containsKey(each.campaign) && !each.day.isBefore(first.get(each.campaign))) {
        seen.get(each.campaign)
            .put(each.day, new String[] {each.account, each.name, each.status, each.budget});
        told.computeIfAbsent(each.campaign, c -> new TreeSet<>()).add(each.day);
      }
    }
    SortedSet<String> versions = new TreeSet<>();
    seen.forEach(
        (campaign, days) -> {
          SortedSet<LocalDate> tellings = told.getOrDefault(campaign, new TreeSet<>());
          LocalDate from = null;
          String[] was = null;
          for (Map.Entry<LocalDate, String[]> day : days.entrySet()) {
            String[] is = day.getValue();
            if (was != null && !tellings.contains(day.getKey())) {
              is[2] = was[2];
              is[3] = was[3];
              if (!tellings.headSet(day.getKey()).isEmpty()
                  && !tellings.tailSet(day.getKey()).isEmpty()) {
                is[0] = was[0];
                is[1] = was[1];
              }
            }
            if (was != null && !Arrays.equals(was, is)) {
              versions.add(version(campaign, was, from, day.getKey()));
            }
            if (was == null || !Arrays.equals(was, is)) {
              from = day.getKey();
              was = is;
            }
          }
          versions.add(version(campaign, was, from, OPEN));
        });
    return versions;
  }

  private static String version(String campaign, String[] was, LocalDate from, LocalDate to) {
    return Arrays.asList(campaign, was[0], was[1], was[2], was[3], from, to).toString();
  }

  private static String max(String a, String b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static void assertConserved(
      DuckDbSession session, List<Delivery> deliveries, String joined) {
    BigDecimal spend =
        deliveries.stream().map(Delivery::spend).reduce(BigDecimal.ZERO, BigDecimal::add);
    List<Object> total =
        session
            .rows(
                "select count(*), cast(sum(s.spend_local) as decimal(18, 4)) from stg_ad_daily as s inner join "
                    + joined
                    + " and d.valid_from <= s.report_date and s.report_date < d.valid_to")
            .get(0);

    assertEquals(List.of((long) deliveries.size(), spend.setScale(4)), total);
  }

  private static void build(DuckDbSession session, String name) {
    Dataset dataset = Repository.datasets().get(name);
    dataset.build(session, name);
  }

  private static List<Column> columns(String dataset) {
    return Repository.datasets().get(dataset).schema().columns();
  }
}
