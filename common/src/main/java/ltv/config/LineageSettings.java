package ltv.config;

import java.net.URI;
import java.nio.file.Path;

/**
 * Who is told what was built from what.
 *
 * @param openlineage null for nobody
 */
public record LineageSettings(OpenLineage openlineage) {
  /** All defaults. */
  public static final LineageSettings DEFAULT = new LineageSettings(null);

  /**
   * Events as OpenLineage defines them.
   *
   * @param file events are added to it, one a line; null for none
   * @param url events are posted to it; null for none
   * @param apiKey sent to the url as a bearer token; null for none
   * @param namespace of the jobs; default ltv. and the site's name
   */
  public record OpenLineage(Path file, URI url, Secret apiKey, String namespace) {
    public OpenLineage {
      new Problems()
          .check(file == null ^ url == null, "file", "or url must be given, one of the two")
          .check(url == null || MetricsSettings.isPlain(url), "url", MetricsSettings.ADDRESS)
          .check(apiKey == null || url != null, "api_key", "goes with url")
          .check(namespace == null || !namespace.isBlank(), "namespace", "must not be empty")
          .throwIfAny();
    }
  }
}
