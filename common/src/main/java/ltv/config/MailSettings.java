package ltv.config;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How e-mail is sent, and to whom.
 *
 * @param host of the SMTP server
 * @param port default 587, with {@code security: tls} 465
 * @param security default starttls
 * @param user null for a server that asks for none
 * @param password of the user
 * @param from the sender's address
 * @param to who is told of each report
 * @param unsubscribed who is not, even when a list above has them
 * @param unsubscribe where a reader asks to be taken off: an address, or an https page
 */
public record MailSettings(
    String host,
    Integer port,
    Security security,
    String user,
    Secret password,
    String from,
    List<String> to,
    List<String> unsubscribed,
    String unsubscribe) {
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>,;:\"]+@[^@\\s<>,;:\"]+");
  private static final Pattern PAGE = Pattern.compile("https://[^\\s<>,]+");
  private static final int SUBMISSION = 587;
  private static final int SUBMISSION_TLS = 465;
  private static final int HIGHEST_PORT = 65535;

  /** How the wire is kept private. */
  public enum Security {
    /** A plain beginning that must turn to TLS. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS,
    /** Whatever the server offers, if anything: for a server on this host or network. */
    NONE
  }

  public MailSettings {
    security = security == null ? Security.STARTTLS : security;
    port = port == null ? (security == Security.TLS ? SUBMISSION_TLS : SUBMISSION) : port;
    to = to == null ? List.of() : List.copyOf(to);
    unsubscribed = unsubscribed == null ? List.of() : List.copyOf(unsubscribed);
    new Problems()
        .require("host", host)
        .check(port >= 1 && port <= HIGHEST_PORT, "port", "must be 1 to 65535")
        .check((user == null) == (password == null), "password", "and user go together")
        .check(
            password == null || security != Security.NONE,
            "security",
            "must be starttls or tls where there is a password")
        .require("from", from)
        .check(from == null || isAddress(from), "from", "must be an address such as a@b.kr")
        .check(!to.isEmpty(), "to", "is missing")
        .check(
            Stream.concat(to.stream(), unsubscribed.stream()).allMatch(MailSettings::isAddress),
            "to",
            "and unsubscribed must hold addresses such as a@b.kr")
        .require("unsubscribe", unsubscribe)
        .check(
            unsubscribe == null || isAddress(unsubscribe) || PAGE.matcher(unsubscribe).matches(),
            "unsubscribe",
            "must be an address or an https page")
        .throwIfAny();
  }

  private static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** Who is told: each once, and nobody who does not want to be. */
  public List<String> recipients() {
    TreeSet<String> known = new TreeSet<>();
    unsubscribed.forEach(address -> known.add(address.toLowerCase(Locale.ROOT)));
    return to.stream().filter(address -> known.add(address.toLowerCase(Locale.ROOT))).toList();
  }
}
