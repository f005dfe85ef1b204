package ltv.process.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells what to fill in, and why.
 *
 * @param language of the text
 * @param top how many of each are shown
 */
record Guide(Language language, int top) {
  /** What the guide is written in. */
  enum Language {
    KO("   외 %d개\n", "   없습니다.\n"),
    EN("   and %d more\n", "   Nothing.\n");

    private final String more;
    private final String none;

    Language(String more, String none) {
      this.more = more;
      this.none = none;
    }
  }

  /** The whole text. */
  String of(Inbox inbox, LocalDate day, String currency) {
    BigDecimal spend =
        inbox.campaigns().stream()
            .map(Inbox.Campaign::spend)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    String text = template();
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("date", day.toString()),
            Map.entry("currency", currency),
            Map.entry("spend", "%,.0f".formatted(spend)),
            Map.entry("campaigns", "" + inbox.campaigns().size()),
            Map.entry("names", "" + inbox.names().size()),
            Map.entry("events", "" + inbox.events().size()),
            Map.entry(
                "campaign_table",
                shown(
                    inbox.campaigns(),
                    c ->
                        "   %,16.0f %s  %,8d  %s  %s %s  (%s)\n"
                            .formatted(
                                c.spend(),
                                currency,
                                c.users(),
                                c.firstSeen(),
                                c.channel(),
                                c.name(),
                                c.because()))),
            Map.entry("campaign_lines", lines(inbox.campaigns(), c -> c.guideLine() + "\n")),
            Map.entry(
                "name_table",
                shown(
                    inbox.names(),
                    n ->
                        "   %,8d  %s  %s %s  → %s (%s)\n"
                            .formatted(
                                n.users(),
                                n.firstSeen(),
                                n.channel(),
                                n.name(),
                                n.id().isEmpty() ? "?" : n.id(),
                                n.because()))),
            Map.entry("name_lines", lines(inbox.names(), n -> n.guideLine() + "\n")),
            Map.entry(
                "event_table",
                shown(
                    inbox.events(),
                    e ->
                        "   %,12d  %s %s  → %s\n"
                            .formatted(
                                e.events(),
                                e.source(),
                                e.name(),
                                e.guess().isEmpty() ? "?" : e.guess()))),
            Map.entry("event_lines", lines(inbox.events(), e -> e.guideLine() + "\n")));
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  private <T> String shown(List<T> all, Function<T, String> line) {
    String more = all.size() > top ? language.more.formatted(all.size() - top) : "";
    return all.isEmpty() ? language.none : lines(all, line) + more;
  }

  /** What may be copied into a guide as it is. */
  private <T> String lines(List<T> all, Function<T, String> line) {
    return all.stream().limit(top).map(line).collect(Collectors.joining());
  }

  private String template() {
    String name = "guide-" + language.name().toLowerCase(Locale.ROOT) + ".txt";
    try (InputStream in = Guide.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
