package ltv.watch;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prometheus' Pushgateway. A push replaces the figures of the same names in the group of its kind
 * of run and leaves the others: the time of the last success stays when a run fails, since it says
 * none then. The group has no run id, or it would grow for ever.
 */
final class Pushgateway implements RunWatch.Teller {
  private final Map<String, String> group;
  private final Receiver receiver;
  private final URI url;

  /**
   * A Pushgateway at an address.
   *
   * @param group the labels that all figures of the kind have, which name its group
   */
  Pushgateway(URI url, Map<String, String> group) {
    this.url = url;
    this.group = group;
    String path =
        group.entrySet().stream()
            .map(label -> "/" + label.getKey() + "/" + encoded(label.getValue()))
            .collect(Collectors.joining());
    this.receiver =
        new Receiver(
            URI.create(url.toString().replaceFirst("/+$", "") + "/metrics/job/ltv" + path),
            Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String what() {
    return "The Pushgateway at " + url + " has no figures of this run";
  }

  @Override
  public void ended(RunWatch.Ended ended) throws IOException {
    receiver.post(MetricsFile.text(ended.report().measures(), group));
  }
}
