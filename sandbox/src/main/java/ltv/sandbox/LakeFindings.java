package ltv.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.lake.Column;
import ltv.lake.LakeTable;
import ltv.lake.TableSpec;

/**
 * What the pipeline has found out of people, publishers and campaigns; nothing where a table is not
 * there.
 */
final class LakeFindings {
  private final SiteConfig site;

  LakeFindings(SiteConfig site) {
    this.site = site;
  }

  /** Rows of events that name nobody, by {@code device|day} and by the user put in; both hashed. */
  Map<String, Map<String, Long>> untold() {
    Map<String, Map<String, Long>> untold = new TreeMap<>();
    ask(
            "cleanse.stg_event",
            "event_date:date device_key:string user_id_raw:string user_id_filled:string",
            "select device_key || '|' || event_date, coalesce(user_id_filled, ''), count(*) from t where user_id_raw is null group by all")
        .forEach(
            row ->
                untold
                    .computeIfAbsent((String) row.get(0), key -> new TreeMap<>())
                    .put((String) row.get(1), (Long) row.get(2)));
    return untold;
  }

  /** Rules that speak against a publisher on any day, by its id. */
  Map<String, Set<String>> publishers() {
    Map<String, Set<String>> publishers = new TreeMap<>();
    ask(
            "cleanse.fraud_decision",
            "subject_kind:string site_id:string rule_id:string",
            "select distinct site_id, rule_id from t where subject_kind = 'publisher' and rule_id <> 'R01'")
        .forEach(
            row ->
                publishers
                    .computeIfAbsent((String) row.get(0), site -> new TreeSet<>())
                    .add((String) row.get(1)));
    return publishers;
  }

  /** How often Meta's campaigns tell other conversions than their ads together. */
  long disputedConversions() {
    return ask(
            "cleanse.stg_meta__action_difference",
            "difference:decimal(18,6)",
            "select count(*) from t where difference <> 0")
        .stream()
        .mapToLong(row -> (Long) row.get(0))
        .sum();
  }

  /**
   * How many installs, devices, users and addresses are spoken against, by {@code day|rule|kind}.
   */
  Map<String, Long> decisions() {
    Map<String, Long> decisions = new TreeMap<>();
    ask(
            "cleanse.fraud_decision",
            "decision_date:date rule_id:string subject_kind:string",
            "select decision_date || '|' || rule_id || '|' || subject_kind, count(*) from t where subject_kind = 'install' or rule_id in ('R06', 'R22') group by all")
        .forEach(row -> decisions.put((String) row.get(0), (Long) row.get(1)));
    return decisions;
  }

  /** The campaign that each device is credited to, by the device's hash. */
  Map<String, String> campaigns() {
    Map<String, String> campaigns = new TreeMap<>();
    ask(
            "process.fct_acquisition",
            "user_id:string acquisition_kind:string channel:string campaign_id:string",
            "select user_id, campaign_id from t where acquisition_kind = 'install' and channel <> 'organic'")
        .forEach(row -> campaigns.put((String) row.get(0), (String) row.get(1)));
    return campaigns;
  }

  /** Touches before the winning one, by {@code day|channel|campaign} of the touch. */
  Map<String, Long> assists() {
    Map<String, Long> assists = new TreeMap<>();
    ask(
            "process.fct_touch",
            "acquisition_date:date position:int channel:string campaign_id:string",
            "select acquisition_date || '|' || channel || '|' || campaign_id, count(*) from t where position > 0 group by 1")
        .forEach(row -> assists.put((String) row.get(0), (Long) row.get(1)));
    return assists;
  }

  /** What users, or nobody, bear of a campaign's cost, by {@code day|channel|campaign}. */
  Map<String, Long> borne() {
    Map<String, Long> borne = new TreeMap<>();
    ask(
            "process.fct_acquisition",
            "acquisition_date:date channel:string campaign_id:string cost_share:decimal(18,4)",
            "select acquisition_date || '|' || channel || '|' || campaign_id, cast(sum(cost_share) as bigint) from t group by 1 having sum(cost_share) <> 0")
        .forEach(row -> borne.put((String) row.get(0), (Long) row.get(1)));
    return borne;
  }

  private List<List<Object>> ask(String table, String columns, String query) {
    String[] name = table.split("\\.");
    TableSpec spec = new TableSpec(name[0], name[1], List.<Column>of(), Optional.empty());
    List<Column> wanted =
        Stream.of(columns.split(" "))
            .map(column -> column.split(":"))
            .map(column -> Column.of(column[0], column[1]))
            .toList();
    return LakeSums.asked(
        site,
        (lake, session) -> {
          Optional<LakeTable> there = lake.existing(spec);
          there.ifPresent(t -> session.read("t", t, t.pin(), wanted));
          return there.isEmpty() ? List.of() : session.rows(query);
        });
  }
}
