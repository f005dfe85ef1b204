package ltv.config;

import java.net.URI;
import java.nio.file.Path;

/**
 * Where the figures of each run go, for Prometheus.
 *
 * @param textfile folder of the files that node_exporter reads; default metrics below the site's
 *     home
 * @param pushgateway null for none
 */
public record MetricsSettings(Path textfile, Pushgateway pushgateway) {
  /** All defaults. */
  public static final MetricsSettings DEFAULT = new MetricsSettings(null, null);

  /** The same, below a site's home unless it says where. */
  MetricsSettings below(Path home) {
    return textfile != null ? this : new MetricsSettings(home.resolve("metrics"), pushgateway);
  }

  /**
   * A Pushgateway, for runs on hosts that come and go.
   *
   * @param url its address, without {@code /metrics}
   */
  public record Pushgateway(URI url) {
    public Pushgateway {
      new Problems()
          .require("url", url)
          .check(url == null || isPlain(url), "url", ADDRESS)
          .throwIfAny();
    }
  }

  static final String ADDRESS =
      "must look like http://host:9091, without a user, a query or a fragment";

  /** Whether an address may stand in a warning. */
  static boolean isPlain(URI url) {
    return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        && url.getHost() != null
        && url.getUserInfo() == null
        && url.getQuery() == null
        && url.getFragment() == null;
  }
}
