package ltv.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private final SiteConfig site;

  LakeSums(SiteConfig site) {
    this.site = site;
  }

  /** Each sum by its day and group, in thousandths; nothing for a table that is not there. */
  Map<Sum, Map<String, Long>> all() {
    Map<Sum, Map<String, Long>> sums = new TreeMap<>();
    try (Lake lake = Lake.open(site);
        DuckDb engine =
            new DuckDb(new EngineSettings(1, "500MB"), site.scratch().resolve("score"));
        DuckDbSession session = engine.open()) {
      for (Sum sum : Sum.values()) {
        TableSpec spec =
            new TableSpec("ingest", sum.dataset(), List.<Column>of(), Optional.empty());
        sums.put(sum, lake.existing(spec).map(t -> of(sum, t, session)).orElseGet(Map::of));
      }
    }
    return sums;
  }

  private static Map<String, Long> of(Sum sum, LakeTable table, DuckDbSession session) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(sum.day(), "date"));
    columns.add(Column.of(sum.column(), "decimal(18,8)"));
    sum.by().forEach(name -> columns.add(Column.of(name, "string")));
    session.read("t", table, table.pin(), columns);
    String group =
        sum.by().stream()
            .map(name -> " || '|' || coalesce(" + name + ", '')")
            .collect(Collectors.joining());
    Map<String, Long> found = new TreeMap<>();
    session
        .rows(
            "select %3$s%1$s, cast(sum(%2$s) * 1000 as bigint) from t group by 1 having sum(%2$s) <> 0"
                .formatted(group, sum.column(), sum.day()))
        .forEach(row -> found.put((String) row.get(0), (Long) row.get(1)));
    return found;
  }
}
