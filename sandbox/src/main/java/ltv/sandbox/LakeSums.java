package ltv.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import ltv.config.EngineSettings;
import ltv.config.SiteConfig;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.TableSpec;
import ltv.sandbox.market.Sum;

/** Sums over the rows of source tables, as readers of the lake see them. */
final class LakeSums {
  private static final List<Column> CORRECTIONS =
      List.of(
          Column.of("report_date", "date"),
          Column.of("dataset", "string"),
          Column.of("metric", "string"),
          Column.of("change", "decimal(38,6)"));

  private final SiteConfig site;

  LakeSums(SiteConfig site) {
    this.site = site;
  }

  /** Each sum by its day and group, in thousandths; nothing for a table that is not there. */
  Map<Sum, Map<String, Long>> all() {
    return asked(
        site,
        (lake, session) -> {
          Map<Sum, Map<String, Long>> sums = new TreeMap<>();
          for (Sum sum : Sum.values()) {
            Optional<LakeTable> table = table(lake, sum.dataset());
            sums.put(sum, table.map(t -> of(sum, t, session)).orElseGet(Map::of));
          }
          return sums;
        });
  }

  /**
   * By how much those sums of a day were corrected since it was first read of which that is told,
   * in thousandths.
   */
  Map<Sum, Map<String, Long>> restated() {
    return asked(
        site,
        (lake, session) -> {
          Optional<LakeTable> table = table(lake, "src_restatement");
          table.ifPresent(t -> session.read("t", t, t.pin(), CORRECTIONS));
          Map<Sum, Map<String, Long>> sums = new TreeMap<>();
          for (Sum sum : Sum.RESTATED) {
            sums.put(sum, table.isEmpty() ? Map.of() : changes(sum, session));
          }
          return sums;
        });
  }

  /** Answers a question about the site's lake, with a small session of its own. */
  static <R> R asked(SiteConfig site, BiFunction<Lake, DuckDbSession, R> question) {
    try (Lake lake = Lake.open(site);
        DuckDb engine =
            new DuckDb(new EngineSettings(1, "500MB"), site.scratch().resolve("score"));
        DuckDbSession session = engine.open()) {
      return question.apply(lake, session);
    }
  }

  private static Optional<LakeTable> table(Lake lake, String dataset) {
    return lake.existing(new TableSpec("ingest", dataset, List.<Column>of(), Optional.empty()));
  }

  private static Map<String, Long> changes(Sum sum, DuckDbSession session) {
    return found(
        session,
        "select cast(report_date as varchar), cast(sum(change) * 1000 as bigint) from t where dataset = '%s' and metric = '%s' group by 1 having sum(change) <> 0"
            .formatted(sum.dataset(), sum.column()));
  }

  private static Map<String, Long> of(Sum sum, LakeTable table, DuckDbSession session) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(sum.day(), "date"));
    columns.add(Column.of(sum.column(), "decimal(30,8)"));
    sum.by().forEach(name -> columns.add(Column.of(name, "string")));
    session.read("t", table, table.pin(), columns);
    String group =
        sum.by().stream()
            .map(name -> " || '|' || coalesce(" + name + ", '')")
            .collect(Collectors.joining());
    return found(
        session,
        "select %3$s%1$s, cast(sum(%2$s) * 1000 as bigint) from t group by 1 having sum(%2$s) <> 0"
            .formatted(group, sum.column(), sum.day()));
  }

  private static Map<String, Long> found(DuckDbSession session, String query) {
    Map<String, Long> found = new TreeMap<>();
    session.rows(query).forEach(row -> found.put((String) row.get(0), (Long) row.get(1)));
    return found;
  }
}
