package ltv.ingest;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.ChannelConnector;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The site's own call limits by channel, where its contract says otherwise than the source's pages.
 */
record CallLimits(Map<String, List<CallLimit>> byChannel) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  CallLimits {
    byChannel = new TreeMap<>(byChannel);
  }

  static CallLimits none() {
    return new CallLimits(Map.of());
  }

  /**
   * What holds for a channel.
   *
   * @throws JobException with exit 78 for a limit of a report that nobody reads: it would hold for
   *     nothing
   */
  List<CallLimit> of(ChannelConnector connector) {
    List<CallLimit> own = byChannel.get(connector.channel());
    if (own == null) {
      return connector.limits();
    }
    Set<String> reports =
        connector.streams().stream()
            .flatMap(stream -> stream.reports().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    for (CallLimit limit : own) {
      if (limit.report() != null && !reports.contains(limit.report())) {
        throw new JobException(
            ExitCode.CONFIGURATION,
            "call_limits.%s[].report %s is no report that this site reads; they are %s"
                .formatted(connector.channel(), limit.report(), String.join(", ", reports)));
      }
    }
    return own;
  }
}
