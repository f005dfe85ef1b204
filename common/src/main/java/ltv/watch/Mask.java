package ltv.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.config.DatabaseSettings;
import ltv.config.Secret;
import ltv.config.SiteConfig;

/**
 * The last line of defence before a text leaves the process: messages are written without secrets,
 * and whatever of them is in one all the same does not get out.
 */
final class Mask {
  private static final String HIDDEN = "***";

  /** Shorter ones are words that messages need. */
  private static final int SHORTEST = 6;

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:token|secret|password|passwd|signature|api_?key|appsecret_proof)(?:=|%3D|\"?\\s*[:=]\\s*\"?))[^&\"\\s\\\\]{4,}");
  private static final Pattern BEARER =
      Pattern.compile("(?i)((?:bearer|basic)\\s+)[\\w.~+/=-]{8,}");
  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]+@");
  private static final Pattern KEY =
      Pattern.compile("(token|secret|password|webhook|service_account|_key)$");

  private final SortedSet<String> secrets =
      new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(s -> s));

  /** Knows every secret of a site's file. */
  Mask(SiteConfig site) {
    Stream.of(site.state(), site.marts()).map(DatabaseSettings::password).forEach(this::add);
    add(site.s3().secretAccessKey());
    if (site.reports().slack() != null) {
      add(site.reports().slack().webhook());
    }
    if (site.reports().mail() != null) {
      add(site.reports().mail().password());
    }
    if (site.lineage().openlineage() != null) {
      add(site.lineage().openlineage().apiKey());
    }
    site.channels().values().forEach(this::addAll);
    if (site.personalData() != null) {
      addAll(site.personalData());
    }
  }

  private void add(Secret secret) {
    if (secret != null) {
      add(secret.reveal());
    }
  }

  private void add(String secret) {
    if (secret.length() >= SHORTEST) {
      secrets.add(secret);
    }
  }

  /** A channel's settings are nobody's here, so the names of secrets must do. */
  private void addAll(JsonNode settings) {
    settings
        .properties()
        .forEach(
            setting -> {
              String name = setting.getKey().toLowerCase(Locale.ROOT);
              if (setting.getValue().isTextual() && KEY.matcher(name).find()) {
                add(setting.getValue().textValue());
              }
            });
    settings.forEach(this::addAll);
  }

  /** The text without secrets. */
  String of(String text) {
    String masked = text;
    for (String secret : secrets) {
      masked = masked.replace(secret, HIDDEN);
    }
    masked = NAMED.matcher(masked).replaceAll("$1" + HIDDEN);
    masked = BEARER.matcher(masked).replaceAll("$1" + HIDDEN);
    return USER_INFO.matcher(masked).replaceAll("://" + HIDDEN + "@");
  }
}
