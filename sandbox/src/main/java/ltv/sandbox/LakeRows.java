package ltv.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.lake.Column;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.TableSpec;
import ltv.sandbox.market.Counted;
import ltv.sandbox.market.Sources;
import ltv.sandbox.market.Sum;

/** Row counts of the source and judged tables, from the ledger. */
final class LakeRows {
  /** Which judged dataset keeps every row of which source. */
  private static final Map<String, String> JUDGED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(Sources.INSIGHTS, "stg_meta__ad_daily"),
              Map.entry(Sum.ACTION_COUNTS.dataset(), "stg_meta__action"),
              Map.entry(Sources.GOOGLE_ADS_ADS, "stg_google_ads__ad_daily"),
              Map.entry(Sources.GOOGLE_ADS_CAMPAIGNS, "stg_google_ads__campaign_daily"),
              Map.entry(Sources.APPLE_AD_GROUPS, "stg_apple_search_ads__ad_group_daily"),
              Map.entry(Sources.APPLE_CAMPAIGNS, "stg_apple_search_ads__campaign_daily"),
              Map.entry(Sum.GOOGLE_KEYWORD_COST.dataset(), "stg_google_ads__keyword_daily"),
              Map.entry(Sum.APPLE_KEYWORD_SPEND.dataset(), "stg_apple_search_ads__keyword_daily"),
              Map.entry(Sources.NAVER_ADS, "stg_naver_search_ad__ad_daily"),
              Map.entry(Sources.ADISON, "stg_adison__ad_daily"),
              Map.entry(Sources.INSTALLS, "stg_appsflyer__install"),
              Map.entry(Sources.EVENTS, "stg_appsflyer__event"),
              Map.entry(Sources.COMPLETIONS, "stg_file__completion"),
              Map.entry(Sum.MIXPANEL_REVENUE.dataset(), "stg_mixpanel__event"),
              Map.entry(Sum.GA4_EXPORT_REVENUE.dataset(), "stg_ga4__event")));

  /** What is built of all sources, with reasons for which rows of it do not count. */
  private static final Map<String, List<String>> UNITED =
      new TreeMap<>(
          Map.of(
              "stg_install", List.of(Counted.TEST_USER, "R14", "R15"),
              "stg_event", List.of(Counted.TEST_USER, "R14", "R15", Counted.ENDLESS),
              "stg_order",
                  List.of(Counted.TEST_USER, "R14", "R15", Counted.ENDLESS, Counted.TWIN)));

  /** Sources that nothing is built on yet. */
  private static final Set<String> UNJUDGED =
      Stream.of(
              Stream.of(Sum.values()).map(Sum::dataset),
              Sources.SNAPSHOTS.stream(),
              Stream.of(
                  Sources.NAVER_CONVERSIONS,
                  Sources.NAVER_CAMPAIGNS,
                  Sources.NAVER_KEYWORDS,
                  Sources.CLICKS,
                  Sources.GUIDE,
                  Sources.EVENT_GUIDE,
                  Sources.TEST_USERS))
          .flatMap(Function.identity())
          .filter(dataset -> !JUDGED.containsKey(dataset))
          .collect(Collectors.toCollection(TreeSet::new));

  private final Map<String, List<LedgerEntry>> entries = new TreeMap<>();

  LakeRows(SiteConfig site) {
    try (Lake lake = Lake.open(site)) {
      JUDGED.forEach(
          (source, judged) -> {
            entries.put(source, read(lake, "ingest", source));
            entries.put(judged, read(lake, "cleanse", judged));
          });
      UNJUDGED.forEach(source -> entries.put(source, read(lake, "ingest", source)));
      UNITED.keySet().forEach(united -> entries.put(united, read(lake, "cleanse", united)));
    }
  }

  private static List<LedgerEntry> read(Lake lake, String job, String dataset) {
    // the ledger is asked, not the rows: no column is needed
    TableSpec spec = new TableSpec(job, dataset, List.<Column>of(), Optional.empty());
    return lake.existing(spec)
        .map(LakeTable::pin)
        .map(pin -> List.copyOf(pin.published().values()))
        .orElse(List.of());
  }

  /** Rows of each source dataset that judged ones stand on, by day. */
  Map<String, Map<String, Long>> sources() {
    return byDay(JUDGED.keySet());
  }

  /** Rows of the sources that nothing is built on yet, by day. */
  Map<String, Map<String, Long>> unjudged() {
    return byDay(UNJUDGED);
  }

  private Map<String, Map<String, Long>> byDay(Set<String> datasets) {
    Map<String, Map<String, Long>> rows = new TreeMap<>();
    for (String dataset : datasets) {
      Map<String, Long> days = new TreeMap<>();
      entries.get(dataset).forEach(e -> days.put(e.partition(), e.rowsOut()));
      rows.put(dataset, days);
    }
    return rows;
  }

  /** Removed rows of one reason, by source dataset. */
  Map<String, Long> removed(String reason) {
    SortedMap<String, Long> rows = new TreeMap<>();
    JUDGED.forEach((source, judged) -> rows.put(source, removed(judged, reason)));
    return rows;
  }

  /** Rows that do not count of what is built of all sources, by {@code dataset|reason}. */
  Map<String, Long> excluded() {
    SortedMap<String, Long> rows = new TreeMap<>();
    UNITED.forEach(
        (united, reasons) ->
            reasons.forEach(reason -> rows.put(united + "|" + reason, removed(united, reason))));
    return rows;
  }

  private long removed(String dataset, String reason) {
    return entries.get(dataset).stream().mapToLong(e -> e.removed().getOrDefault(reason, 0L)).sum();
  }

  /** Rows of a source that its judged dataset does not have. */
  Map<String, Long> lost() {
    SortedMap<String, Long> rows = new TreeMap<>();
    JUDGED.forEach((source, judged) -> rows.put(source, out(source) - out(judged)));
    return rows;
  }

  private long out(String dataset) {
    return entries.get(dataset).stream().mapToLong(LedgerEntry::rowsOut).sum();
  }
}
