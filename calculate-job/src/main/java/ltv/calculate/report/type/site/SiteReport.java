package ltv.calculate.report.type.site;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Section;
import ltv.calculate.report.Week;
import ltv.calculate.report.evidence.Chance;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** The site's week: who came, what they ordered, and by which steps. */
public final class SiteReport {
  /** What its queries read, and must be built. */
  public static final List<String> MARTS = List.of("mart_site_weekly");

  /** What they read where a site has it. */
  public static final List<String> OPTIONAL =
      List.of(SitePath.PATHS, SitePath.STEPS, SiteHabits.BEHAVIOURS, SiteHabits.MOVEMENT);

  private static final int WEEKS = 12;

  /** Changes of revenue smaller than this are called none. */
  private static final double FLAT = .005;

  private final Facts facts;
  private final Text text;
  private final Map<LocalDate, Row> weeks = new TreeMap<>();
  private final Row week;
  private final List<Row> levels;
  private final SiteTables tables;
  private final SitePath path;
  private final SiteHabits habits;

  private SiteReport(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    facts.rows(SiteReport.class, "weeks").forEach(r -> weeks.put(r.date("week_start"), r));
    this.week = weeks.get(facts.week().monday());
    this.levels = facts.rows(SiteReport.class, "levels");
    this.tables = new SiteTables(text, weeks.values(), week, levels);
    this.path = new SitePath(facts, text);
    this.habits = new SiteHabits(facts, text);
  }

  /** What the report says of a week, in the language of a text. */
  public static Content of(Facts facts, Text text) {
    return new SiteReport(facts, text).content();
  }

  private Content content() {
    List<Section> sections = new ArrayList<>();
    sections.add(tables.weeks());
    sections.add(tables.levels());
    sections.add(path.section());
    sections.add(habits.behaviours());
    sections.add(habits.movement());
    return new Content(
        finding(),
        List.of(
            headline("visitors", Kind.COUNT),
            headline("conversion_rate", Kind.PERCENT),
            headline("average_order_value", Kind.MONEY),
            headline("revenue", Kind.MONEY)),
        changed(),
        reasons(),
        actions(),
        sections);
  }

  private Headline headline(String measure, Kind kind) {
    return new Headline(
        text.of("site." + measure),
        kind,
        week == null ? null : week.number(measure),
        before(measure),
        1,
        facts.week().last(WEEKS).stream().map(w -> past(w, measure)).toList());
  }

  /** Null of a week that runs, or that is not known. */
  private Double past(Week past, String measure) {
    Row row = weeks.get(past.monday());
    return row == null || SiteTables.running(row) ? null : row.number(measure);
  }

  /** Of the week before, or of as many days of it as the running week has. */
  private Double before(String measure) {
    if (week == null || !SiteTables.comparable(week)) {
      return null;
    }
    if (!SiteTables.running(week)) {
      Row before = weeks.get(facts.week().monday().minusWeeks(1));
      return before == null ? null : before.number(measure);
    }
    Double change = week.number(measure + "_change");
    return change == null || change == -1 ? null : (Double) (week.number(measure) / (1 + change));
  }

  private String change(String measure, Kind kind) {
    return text.change(headline(measure, kind));
  }

  private String finding() {
    if (week == null) {
      return text.of("site.nothing");
    }
    if (week.count("days_seen") < week.count("days")) {
      return text.of("site.days_missing", week.count("days_seen"), week.count("days"));
    }
    Double now = week.number("revenue");
    Double before = before("revenue");
    String revenue = text.value(now, Kind.MONEY);
    if (now == null || before == null || now <= 0 || before <= 0) {
      return text.of("site.alone", revenue, text.value(week.count("visitors"), Kind.COUNT));
    }
    if (Math.abs(now / before - 1) < FLAT) {
      return text.of("site.flat", revenue, change("revenue", Kind.MONEY));
    }
    return text.of(
            "site.finding",
            revenue,
            change("revenue", Kind.MONEY),
            largestPart(Math.log(now / before)))
        .strip();
  }

  /** Revenue is visitors by orders per visitor by money per order: which factor moved it most. */
  private String largestPart(double whole) {
    Double visitorsBefore = before("visitors");
    Double valueBefore = before("average_order_value");
    if (visitorsBefore == null
        || valueBefore == null
        || visitorsBefore * valueBefore * week.number("visitors") == 0) {
      return ""; // money without anybody seen to visit has no such factors
    }
    double visitors = Math.log(week.number("visitors") / visitorsBefore);
    double value = Math.log(week.number("average_order_value") / valueBefore);
    Map<String, Double> parts = new TreeMap<>();
    parts.put("visitors", visitors);
    parts.put("value", value);
    parts.put("orders", whole - visitors - value);
    return parts.entrySet().stream()
        .max(Comparator.comparingDouble(part -> part.getValue() * Math.signum(whole)))
        .map(
            part ->
                text.of(
                    "site.part_" + part.getKey(),
                    text.value(Math.expm1(part.getValue()), Kind.CHANGE)))
        .orElseThrow();
  }

  private List<String> changed() {
    if (week == null) {
      return List.of(text.of("site.nothing_changed"));
    }
    List<String> changed = new ArrayList<>();
    if (SiteTables.running(week)) {
      changed.add(text.of("common.running"));
    }
    changed.add(
        text.of(
            "site.moved_visitors",
            text.value(week.count("visitors"), Kind.COUNT),
            change("visitors", Kind.COUNT),
            chance(visitorsSurprise())));
    changed.add(
        text.of(
            "site.moved_conversion",
            text.value(week.number("conversion_rate"), Kind.PERCENT),
            change("conversion_rate", Kind.PERCENT),
            chance(conversionSurprise())));
    changed.add(
        text.of(
            "site.moved_value",
            text.value(week.number("average_order_value"), Kind.MONEY),
            change("average_order_value", Kind.MONEY)));
    return changed;
  }

  private Optional<Double> visitorsSurprise() {
    return Optional.ofNullable(before("visitors"))
        .map(before -> Chance.counts(week.count("visitors"), Math.round(before)));
  }

  private Optional<Double> conversionSurprise() {
    Double visitors = before("visitors");
    Double rate = before("conversion_rate");
    return visitors == null || rate == null || visitors == 0 || week.count("visitors") == 0
        ? Optional.empty()
        : Optional.of(
            Chance.shares(
                week.count("visitors_who_bought"),
                week.count("visitors"),
                Math.round(visitors * rate),
                Math.round(visitors)));
  }

  private String chance(Optional<Double> surprise) {
    return text.of(
        "site."
            + surprise
                .map(s -> Math.abs(s) < Chance.SURPRISING ? "by_chance" : s > 0 ? "more" : "less")
                .orElse("not_compared"));
  }

  /** The channel and the platform with the largest part of the change of revenue. */
  private List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (String level : List.of("channel", "platform")) {
      tables.of(level).stream()
          .filter(
              r ->
                  week != null && SiteTables.comparable(week) && r.number("revenue_before") != null)
          .filter(r -> r.number("revenue") != null)
          .max(Comparator.comparingDouble(r -> Math.abs(r.number("revenue") - before(r))))
          .filter(r -> tables.of(level).size() > 1 && r.number("revenue") != before(r))
          .ifPresent(
              r ->
                  reasons.add(
                      text.of(
                          "site.reason_" + level,
                          name(level, r),
                          text.value(r.number("revenue"), Kind.MONEY),
                          text.value(r.number("revenue_change"), Kind.CHANGE))));
    }
    if (!reasons.isEmpty()) {
      reasons.add(text.of("site.no_cause"));
    }
    return reasons.isEmpty() ? List.of(text.of("site.no_reason")) : reasons;
  }

  private static double before(Row level) {
    return level.number("revenue_before");
  }

  private String name(String level, Row row) {
    return Text.foreign(text.orSelf(level + "s", row.text("name")));
  }

  private List<String> actions() {
    List<String> actions = new ArrayList<>();
    if (week != null && week.count("days_seen") < week.count("days")) {
      actions.add(text.of("site.act_days"));
    }
    if (visitorsSurprise().orElse(0.0) <= -Chance.SURPRISING) {
      actions.add(text.of("site.act_visitors"));
    }
    if (conversionSurprise().orElse(0.0) <= -Chance.SURPRISING) {
      actions.add(text.of("site.act_conversion"));
    }
    path.action().ifPresent(actions::add);
    habits.action().ifPresent(actions::add);
    return actions.isEmpty() ? List.of(text.of("site.no_action")) : actions;
  }
}
