package ltv.ingest;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.plan.CallTally;
import ltv.run.Metric;
import ltv.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of channels beside their data: tokens that end, calls that were made. */
final class ChannelFigures {
  private static final Logger log = LoggerFactory.getLogger(ChannelFigures.class);

  private final Channels channels;
  private final List<ChannelConnector> connectors;
  private final RunReport report;

  ChannelFigures(Channels channels, List<ChannelConnector> connectors, RunReport report) {
    this.channels = channels;
    this.connectors = connectors;
    this.report = report;
  }

  /** Tells warnings of tokens, by channel. */
  static void warn(Map<String, String> warnings, RunReport report) {
    warnings.forEach(
        (channel, warning) -> {
          log.warn(warning);
          report.fact("token." + channel, warning);
        });
  }

  /** Warns of tokens that end soon; says when each does. */
  void tokens(Clock clock) {
    ZoneId zone = channels.site().timezone();
    warn(channels.expiring(LocalDate.ofInstant(clock.instant(), zone)), report);
    Set<String> read =
        connectors.stream().map(ChannelConnector::channel).collect(Collectors.toSet());
    channels
        .site()
        .tokenExpires()
        .forEach(
            (channel, last) -> {
              if (read.contains(channel)) {
                long over = last.plusDays(1).atStartOfDay(zone).toEpochSecond();
                report.measure(Metric.TOKEN_EXPIRES, over, channel);
              }
            });
  }

  /** Says what the run called, and how far that is from the limits. */
  void calls(CallBudget budget) {
    for (ChannelConnector connector : connectors) {
      String channel = connector.channel();
      CallTally.Made made = budget.tally().of(channel);
      report.measure(Metric.API_CALLS, made.calls(), channel);
      report.measure(Metric.API_WAITS, made.waits(), channel);
      report.measure(Metric.API_WAITED, made.waited().toMillis() / 1000.0, channel);
      Set<String> accounts =
          connector.streams().stream()
              .flatMap(stream -> stream.accounts().stream())
              .map(ChannelAccount::id)
              .collect(Collectors.toCollection(TreeSet::new));
      budget
          .used(channel, accounts)
          .forEach(
              used -> {
                report.measure(
                    Metric.BUDGET_USED, used.calls(), channel, used.report(), used.period());
                report.measure(
                    Metric.BUDGET_ALLOWED, used.allowed(), channel, used.report(), used.period());
              });
    }
  }
}
