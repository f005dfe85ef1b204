package ltv.calculate;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.calculate.text.ExplainText;
import ltv.calculate.text.LevelText;
import ltv.calculate.value.LevelCheck;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ltv}: where a figure of {@code mart_ltv_campaign} comes from, and how it is checked. */
@Command(
    name = "ltv",
    mixinStandardHelpOptions = true,
    description =
        "Say where the value of a campaign comes from, and hold it against another model.")
final class LtvCommand {
  private static final String FORECAST = "ltv_forecast";
  private static final String COHORTS = "ltv_cohort_daily";
  private static final String BACKTEST = "mart_backtest";

  /**
   * {@code ltv explain}: what was observed, what is expected of the rest and by what, and how sure.
   *
   * @return the exit code
   */
  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description =
          "Say in words and numbers how the value of a campaign came about: observed, method, parent, weight, correction, band.")
  int explain(
      @Mixin SiteFlags flags,
      @Option(
              names = "--campaign",
              paramLabel = "ID",
              required = true,
              description = "The campaign's id.")
          String campaign,
      @Option(
              names = "--channel",
              paramLabel = "NAME",
              description = "Its channel, where two have the id.")
          String channel,
      @Option(
              names = "--date",
              paramLabel = "DAY",
              required = true,
              description = "The as-of date, yyyy-MM-dd.")
          LocalDate date,
      @Option(
              names = "--horizon",
              paramLabel = "DAYS",
              description = "Only this horizon; default all of the site's.")
          Integer horizon) {
    return SqlJobCommand.look(
        "calculate",
        CalculateCommand.class,
        flags,
        (opened, session, report) -> {
          opened.seeBuilt(session, FORECAST, date);
          opened.seeBuilt(session, BACKTEST, date);
          List<Map<String, Object>> own =
              Rows.of(
                  opened,
                  session,
                  FORECAST,
                  "level = 'campaign' and campaign_id = " + text(campaign),
                  "horizon_days");
          String found = channelOf(own, campaign, channel, date);
          List<Map<String, Object>> parents =
              Rows.of(
                  opened,
                  session,
                  FORECAST,
                  "level = 'channel' and channel = " + text(found),
                  "horizon_days");
          List<Map<String, Object>> tests =
              Rows.of(opened, session, BACKTEST, "true", "horizon_days");
          own.stream()
              .filter(row -> row.get("channel").equals(found))
              .filter(row -> horizon == null || row.get("horizon_days").equals((long) horizon))
              .map(row -> new ExplainText(row, same(row, parents), tests))
              .forEach(text -> report.tell(flags, "D" + text.horizon(), text.lines()));
        });
  }

  /**
   * {@code ltv levels}: how near the levels that forecasts believe come to a Bayesian model's.
   *
   * @return the exit code
   */
  @Command(
      name = "levels",
      mixinStandardHelpOptions = true,
      description =
          "Hold the levels of campaigns that forecasts believe against those of a hierarchical Bayesian model of the same sums; write nothing. Takes seconds.")
  int levels(
      @Mixin SiteFlags flags,
      @Option(
              names = "--date",
              paramLabel = "DAY",
              required = true,
              description = "The as-of date, yyyy-MM-dd.")
          LocalDate date,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "1",
              description = "Of the draws; default ${DEFAULT-VALUE}.")
          long seed) {
    return SqlJobCommand.look(
        "calculate",
        CalculateCommand.class,
        flags,
        (opened, session, report) -> {
          opened.seeBuiltUntil(session, COHORTS, date);
          List<Integer> horizons = opened.site().ltv().horizons();
          int day = (int) date.toEpochDay();
          LevelText text = new LevelText(LevelCheck.of(session, day, horizons, seed), date);
          Map<String, String> facts = text.facts();
          if (flags.text()) {
            System.out.print(text.table(facts));
          }
          facts.forEach(report::fact);
        });
  }

  private static String channelOf(
      List<Map<String, Object>> rows, String campaign, String channel, LocalDate date) {
    List<String> channels =
        rows.stream()
            .map(row -> (String) row.get("channel"))
            .filter(name -> channel == null || name.equals(channel))
            .distinct()
            .toList();
    if (channels.size() == 1) {
      return channels.get(0);
    }
    throw new JobException(
        ExitCode.USAGE,
        channels.isEmpty()
            ? "No campaign %s brought or cost anything within the longest horizon before %s; mart_ltv_campaign lists those that did."
                .formatted(campaign, date)
            : "Campaign %s is there in %s: say which with --channel."
                .formatted(campaign, String.join(" and ", channels)));
  }

  private static Map<String, Object> same(
      Map<String, Object> row, List<Map<String, Object>> parents) {
    return parents.stream()
        .filter(parent -> parent.get("horizon_days").equals(row.get("horizon_days")))
        .findFirst()
        .orElseThrow();
  }

  private static String text(String value) {
    return "'" + DuckDbSession.quoted(value) + "'";
  }
}
