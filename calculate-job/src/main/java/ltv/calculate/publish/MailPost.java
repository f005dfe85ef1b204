package ltv.calculate.publish;

import jakarta.mail.SendFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.calculate.report.file.HtmlPage;
import ltv.config.MailSettings;
import ltv.lake.Fingerprint;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailInvalidAddressException;
import org.simplejavamail.mailer.MailerBuilder;

/** E-mail by SMTP. A message has the same id whenever it is sent, so that a second one is known. */
final class MailPost implements Post {
  /** A silent server is given up after this; a report does not wait for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Pattern ADDRESS = Pattern.compile("([^\\s<@])[^\\s<@]*@");
  private static final int LONGEST_REASON = 200;
  private static final int ID_LENGTH = 12;

  private final MailSettings settings;
  private final Mailer mailer;

  MailPost(MailSettings settings) {
    this.settings = settings;
    String password = settings.password() == null ? null : settings.password().reveal();
    this.mailer =
        MailerBuilder.withSMTPServer(settings.host(), settings.port(), settings.user(), password)
            .withTransportStrategy(strategy(settings.security()))
            .withSessionTimeout((int) PATIENCE.toMillis())
            .buildMailer();
  }

  private static TransportStrategy strategy(MailSettings.Security security) {
    return switch (security) {
      case STARTTLS -> TransportStrategy.SMTP_TLS;
      case TLS -> TransportStrategy.SMTPS;
      case NONE -> TransportStrategy.SMTP;
    };
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public List<String> recipients() {
    return settings.recipients();
  }

  @Override
  public void send(Notice notice, String recipient) throws Refused, Away {
    try {
      mailer.sendMail(message(notice, recipient), false);
    } catch (MailException e) {
      if (isRefusal(e)) {
        throw new Refused(reason(e), e);
      }
      throw new Away(reason(e), e);
    }
  }

  private Email message(Notice notice, String recipient) {
    Version version = notice.version();
    String id =
        "report.%s.%s.%s.%s.%s@%s"
            .formatted(
                version.site(),
                version.week(),
                version.type(),
                version.hash(),
                Fingerprint.of(recipient.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8))
                    .substring(0, ID_LENGTH),
                settings.from().substring(settings.from().indexOf('@') + 1));
    return EmailBuilder.startingBlank()
        .from(settings.from())
        .to(recipient)
        .withSubject(notice.subject())
        .withPlainText(words(notice))
        .withHTMLText(
            HtmlPage.part(
                "mail.jte", Map.of("n", notice, "t", notice.text(), "off", unsubscribe(version))))
        .withHeader("List-Unsubscribe", "<" + unsubscribe(version) + ">")
        .fixingMessageId("<" + id + ">")
        .buildEmail();
  }

  private String unsubscribe(Version version) {
    return settings.unsubscribe().startsWith("https://")
        ? settings.unsubscribe()
        : "mailto:" + settings.unsubscribe() + "?subject=unsubscribe%20" + version.site();
  }

  /** The same for readers of plain text. */
  private String words(Notice notice) {
    StringBuilder words = new StringBuilder();
    words.append(notice.title()).append(" · ").append(notice.version().site()).append('\n');
    words.append("%s (%s) · %s\n\n".formatted(notice.week(), notice.range(), notice.state()));
    words.append(notice.finding()).append("\n\n");
    notice
        .lines()
        .forEach(
            line ->
                words.append(
                    "%s: %s (%s %s)\n"
                        .formatted(
                            line.label(),
                            line.value(),
                            notice.text().of("common.week_before"),
                            line.change())));
    notice
        .table()
        .ifPresent(
            table -> {
              words.append('\n').append(table.caption()).append('\n');
              words.append(String.join(" | ", table.columns())).append('\n');
              table.rows().forEach(row -> words.append(String.join(" | ", row)).append('\n'));
            });
    words.append('\n').append(notice.link()).append("\n\n");
    words.append(notice.text().of("mail.all")).append(": ").append(notice.index()).append('\n');
    words
        .append(notice.text().of("mail.unsubscribe"))
        .append(": ")
        .append(unsubscribe(notice.version()));
    return words.append('\n').toString();
  }

  /** Whether the server, or the check before it, names the recipient as the reason. */
  private static boolean isRefusal(MailException e) {
    return e instanceof MailInvalidAddressException
        || Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
            .anyMatch(SendFailedException.class::isInstance);
  }

  /** The innermost reason in one line, without addresses. */
  private static String reason(MailException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String words = ADDRESS.matcher(String.valueOf(cause.getMessage())).replaceAll("$1***@");
    return Plain.of(words, LONGEST_REASON);
  }
}
