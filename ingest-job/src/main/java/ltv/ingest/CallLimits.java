package ltv.ingest;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.ChannelConnector;

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

  /** What holds for a channel. */
  List<CallLimit> of(ChannelConnector connector) {
    return byChannel.getOrDefault(connector.channel(), connector.limits());
  }
}
