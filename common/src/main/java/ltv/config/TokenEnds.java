package ltv.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Last days of channels' credentials, as far as they are known without asking anybody: what the
 * site file says by {@code token_expires}, and what a signed token among a channel's settings says
 * of itself. Most sources give out tokens that say nothing: for these the site file is the only
 * place.
 */
public final class TokenEnds {
  private static final Pattern SIGNED = Pattern.compile("[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One end.
   *
   * @param day the last day on which it works, in the site's zone
   * @param saidBy the setting that says so
   */
  private record End(LocalDate day, String saidBy) {}

  private TokenEnds() {}

  /**
   * What to do about credentials that end within {@code token_warning_days} or have ended, by
   * channel.
   */
  public static SortedMap<String, String> soon(SiteConfig site, LocalDate today) {
    SortedMap<String, String> soon = new TreeMap<>();
    ends(site)
        .forEach(
            (channel, end) -> {
              if (!end.day.isAfter(today.plusDays(site.tokenWarningDays()))) {
                soon.put(channel, sentence(channel, end, today));
              }
            });
    return soon;
  }

  private static String sentence(String channel, End end, LocalDate today) {
    long left = ChronoUnit.DAYS.between(today, end.day);
    String when =
        left < 0
            ? "ended on %s".formatted(end.day)
            : "ends on %s, %s".formatted(end.day, left == 0 ? "today" : "in " + left + " days");
    return "the token of %s %s (%s); have a new one made, and say its last day by token_expires.%s"
        .formatted(channel, when, end.saidBy, channel);
  }

  /** The earliest end of each channel of the site that has one. */
  private static Map<String, End> ends(SiteConfig site) {
    Map<String, End> ends = new TreeMap<>();
    site.channels()
        .forEach(
            (channel, settings) ->
                Stream.concat(
                        Stream.ofNullable(site.tokenExpires().get(channel))
                            .map(day -> new End(day, "token_expires." + channel)),
                        signed(settings, "channels." + channel, site.timezone()))
                    .min((a, b) -> a.day.compareTo(b.day))
                    .ifPresent(end -> ends.put(channel, end)));
    return ends;
  }

  private static Stream<End> signed(JsonNode node, String path, ZoneId zone) {
    if (node.isTextual()) {
      return expiry(node.textValue())
          .map(at -> new End(LocalDate.ofInstant(at, zone), "the token in " + path + " itself"))
          .stream();
    }
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false).flatMap(n -> signed(n, path, zone));
    }
    return node.properties().stream()
        .flatMap(field -> signed(field.getValue(), path + "." + field.getKey(), zone));
  }

  /** What a JSON web token says of its end; empty for any other text. */
  private static Optional<Instant> expiry(String text) {
    if (!SIGNED.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      String[] parts = text.split("\\.");
      boolean token = JSON.readTree(Base64.getUrlDecoder().decode(parts[0])).has("alg");
      JsonNode at = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
      return token && at.canConvertToLong()
          ? Optional.of(Instant.ofEpochSecond(at.longValue()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // dots between letters: some other secret
    }
  }
}
