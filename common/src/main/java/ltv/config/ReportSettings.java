package ltv.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where weekly reports are published, and who is told of them.
 *
 * @param publish a folder, or {@code s3://bucket/prefix}; default reports below the site's home
 * @param baseUrl address under which readers find what lies there; null for none
 * @param types which reports the site has; default all
 * @param languages of the reports; who is told is told in the first; default ko and en
 * @param mail null for no e-mail
 * @param slack null for no message in Slack
 */
public record ReportSettings(
    String publish,
    URI baseUrl,
    List<String> types,
    List<String> languages,
    MailSettings mail,
    Slack slack) {
  private static final List<String> TYPES = List.of("cohort", "channel", "product", "site", "ltv");
  private static final List<String> LANGUAGES = List.of("ko", "en");

  /** All defaults. */
  public static final ReportSettings DEFAULT =
      new ReportSettings(null, null, null, null, null, null);

  public ReportSettings {
    types = types == null ? TYPES : List.copyOf(types);
    languages = languages == null ? LANGUAGES : List.copyOf(languages);
    new Problems()
        .check(
            publish == null || !publish.contains("://") || publish.matches("s3://[^/]+(/.*)?"),
            "publish",
            "must be a folder or s3://bucket/prefix")
        .check(baseUrl == null || isWeb(baseUrl), "base_url", "must begin with https:// or http://")
        .check(
            baseUrl != null || (mail == null && slack == null),
            "base_url",
            "is missing: messages link to reports there")
        .check(
            !types.isEmpty()
                && TYPES.containsAll(types)
                && types.stream().distinct().count() == types.size(),
            "types",
            "must be one or more of " + String.join(", ", TYPES))
        .check(
            !languages.isEmpty()
                && LANGUAGES.containsAll(languages)
                && languages.stream().distinct().count() == languages.size(),
            "languages",
            "must be ko, en or both")
        .throwIfAny();
  }

  private static boolean isWeb(URI url) {
    return url.getHost() != null && List.of("https", "http").contains(url.getScheme());
  }

  /** The same, published below a site's home unless it says where. */
  ReportSettings below(Path home) {
    return publish != null
        ? this
        : new ReportSettings(
            home.resolve("reports").toString(), baseUrl, types, languages, mail, slack);
  }

  /**
   * A channel in Slack.
   *
   * @param webhook its incoming webhook; whoever knows it may post
   */
  public record Slack(Secret webhook) {
    public Slack {
      new Problems()
          .require("webhook", webhook)
          .check(
              webhook == null || webhook.reveal().matches("https?://[\\w.~:/?#@!$&'()*+,;=%-]+"),
              "webhook",
              "must begin with https://")
          .throwIfAny();
    }
  }
}
