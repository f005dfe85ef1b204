package ltv.calculate.publish;

import static ltv.calculate.publish.Reports.MONDAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import ltv.calculate.publish.Notifier.Mode;
import ltv.config.MailSettings;
import ltv.config.ReportSettings;
import ltv.config.S3Settings;
import ltv.config.Secret;
import ltv.lake.Storage;
import ltv.run.Metric;
import ltv.run.RunReport;
import ltv.run.RunReport.Measure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages to a real SMTP server and a webhook of this host. */
class NotifierTest {
  private static final String OFF = "off@shop.kr";

  @TempDir private Path folder;
  private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final List<String> posted = new ArrayList<>();
  private HttpServer hooks;
  private int answer = 200;
  private Storage place;
  private Shelf shelf;

  @BeforeEach
  void start() throws IOException {
    smtp.start();
    hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hooks.createContext(
        "/T0/secret",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = (answer == 200 ? "ok" : "no_service").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    hooks.start();
    place =
        Storage.at(
            folder.resolve("out").toString(),
            new S3Settings(null, null, null, null, null, null),
            folder.resolve("scratch"));
    shelf = new Shelf(place, "shop");
  }

  @AfterEach
  void stop() {
    smtp.stop();
    hooks.stop(0);
    place.close();
  }

  @Test
  void a_version_that_is_published_twice_is_told_once_and_again_when_asked() {
    Version version = publish("up");

    assertEquals(Map.of("mail", "sent to 2", "slack", "sent to 1"), tell(Mode.ONCE, version, "up"));
    assertEquals(
        Map.of("mail", "sent before", "slack", "sent before"),
        tell(Mode.ONCE, publish("up"), "up"));
    assertEquals(2, smtp.getReceivedMessages().length);
    assertEquals(1, posted.size());

    assertEquals(
        Map.of("mail", "sent to 2", "slack", "sent to 1"), tell(Mode.AGAIN, version, "up"));
    assertEquals(4, smtp.getReceivedMessages().length);
    assertEquals(2, posted.size());

    tell(Mode.ONCE, publish("down"), "down");
    assertEquals(6, smtp.getReceivedMessages().length, "other numbers are another version");
  }

  @Test
  void a_message_has_the_numbers_a_table_a_link_and_a_way_out() throws Exception {
    Version version = publish("up");

    tell(Mode.ONCE, version, "up");

    MimeMessage first = smtp.getReceivedMessages()[0];
    assertEquals("[shop] 주간 코호트 리포트 · 11월 3주차 (확정)", first.getSubject());
    assertEquals("a@shop.kr", first.getRecipients(RecipientType.TO)[0].toString());
    assertEquals(1, first.getAllRecipients().length, "nobody sees who else is told");
    assertEquals(
        "<mailto:off@shop.kr?subject=unsubscribe%20shop>", first.getHeader("List-Unsubscribe")[0]);
    String id = first.getMessageID();
    assertTrue(
        id.matches(
            "<report\\.shop\\.2026-W47\\.cohort\\." + version.hash() + "\\.\\w{12}@shop\\.kr>"),
        id);
    String link = "https://reports.example.kr/shop/" + version.folder() + "/cohort-ko.html";
    for (String part : parts(first)) {
      for (String expected : List.of(link, "123만원", "+23.5%", "–", "41", "3†", "수신 거부")) {
        assertTrue(part.contains(expected), () -> expected + " is not in " + part);
      }
      assertFalse(part.contains("<script"), part);
    }
    tell(Mode.AGAIN, version, "up");
    Set<String> ids = new TreeSet<>();
    for (MimeMessage message : smtp.getReceivedMessages()) {
      ids.add(message.getMessageID());
    }
    assertEquals(2, ids.size(), "of four messages: the second one to somebody is known");
    assertTrue(ids.contains(id), ids.toString());
  }

  @Test
  void who_does_not_want_to_be_told_is_not() throws Exception {
    tell(Mode.ONCE, publish("up"), "up");

    List<String> told = new ArrayList<>();
    for (MimeMessage message : smtp.getReceivedMessages()) {
      told.add(message.getAllRecipients()[0].toString());
    }
    assertEquals(List.of("a@shop.kr", "b@shop.kr"), told);
  }

  @Test
  void a_dead_mail_server_delays_the_mail_and_nothing_else() {
    Version version = publish("up");
    int port = smtp.getSmtp().getPort();
    smtp.stop();

    Map<String, String> told = tell(Mode.ONCE, settings(port), version, "up");

    assertTrue(told.get("mail").startsWith("not sent to 2 of 2: "), told.toString());
    assertEquals("sent to 1", told.get("slack"));
    smtp.start();
    assertEquals(
        Map.of("mail", "sent to 2", "slack", "sent before"), tell(Mode.ONCE, version, "up"));
    assertEquals(2, smtp.getReceivedMessages().length);
    assertEquals(1, posted.size());
  }

  @Test
  void a_silent_mail_server_is_given_up_after_seconds_for_the_whole_run() throws IOException {
    Version first = publish("up");
    Version second = shelf.publish(Reports.draft("cohort", "2026-W46", "up"), MONDAY);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Notifier notifier = notifier(Mode.ONCE, settings(silent.getLocalPort()));
      long started = System.nanoTime();

      Map<String, String> told = notifier.tell(Reports.notice(first, "up"));
      Map<String, String> also = notifier.tell(Reports.notice(second, "up"));

      long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
      RunReport run = new RunReport();
      notifier.measure(run);
      assertEquals(
          List.of(
              new Measure(Metric.REPORTS_UNTOLD, List.of("mail"), 2),
              new Measure(Metric.REPORTS_UNTOLD, List.of("slack"), 0)),
          run.measures());
      assertTrue(told.get("mail").startsWith("not sent to 2 of 2: "), told.toString());
      assertTrue(also.get("mail").startsWith("not sent to 2 of 2: "), also.toString());
      assertTrue(seconds < 15, "it took " + seconds + " s");
    }
  }

  @Test
  void who_is_added_later_is_told_of_the_newest_version_too() {
    Version version = publish("up");
    int port = smtp.getSmtp().getPort();
    tell(Mode.ONCE, settings(mail(port, List.of("a@shop.kr"))), version, "up");

    Map<String, String> told =
        tell(Mode.ONCE, settings(mail(port, List.of("a@shop.kr", "c@shop.kr"))), version, "up");

    assertEquals("sent to 1", told.get("mail"));
    assertEquals(2, smtp.getReceivedMessages().length);
  }

  @Test
  void a_refused_recipient_is_tried_again_and_the_others_are_not_told_twice() {
    Version version = publish("up");
    MailSettings wrong =
        mail(smtp.getSmtp().getPort(), List.of("a@shop.kr", "x..y@shop.kr", "b@shop.kr"));

    Map<String, String> told = tell(Mode.ONCE, settings(wrong), version, "up");

    assertTrue(told.get("mail").startsWith("not sent to 1 of 3: "), told.toString());
    assertFalse(told.get("mail").contains("x..y@"), told.toString());
    MailSettings mended =
        mail(smtp.getSmtp().getPort(), List.of("a@shop.kr", "c@shop.kr", "b@shop.kr"));
    assertEquals("sent to 1", tell(Mode.ONCE, settings(mended), version, "up").get("mail"));
    assertEquals(3, smtp.getReceivedMessages().length);
  }

  @Test
  void a_webhook_that_is_away_is_tried_again_and_its_address_is_told_to_nobody() {
    Version version = publish("up");
    answer = 404;

    Map<String, String> told = tell(Mode.ONCE, version, "up");

    assertEquals("not sent to 1 of 1: Slack answers 404 no_service", told.get("slack"));
    assertEquals("sent to 2", told.get("mail"));
    answer = 200;
    assertEquals("sent to 1", tell(Mode.ONCE, version, "up").get("slack"));
    assertFalse(settings(1).toString().contains("secret"), settings(1).toString());
  }

  @Test
  void hostile_names_are_words_in_mail_and_in_slack() throws Exception {
    tell(Mode.ONCE, publish(Reports.HOSTILE), Reports.HOSTILE);

    MimeMessage mail = smtp.getReceivedMessages()[0];
    assertEquals(1, mail.getAllRecipients().length);
    List<String> parts = parts(mail);
    assertTrue(parts.get(0).contains("<script>alert(1)</script> =HYPERLINK"), parts.get(0));
    assertTrue(parts.get(1).contains("&lt;script&gt;alert(1)&lt;/script&gt; ="), parts.get(1));
    assertFalse(parts.get(1).contains("<script"), parts.get(1));
    for (String part : parts) {
      assertFalse(part.contains("\u202E"), "nothing turns the text around it");
      assertTrue(part.contains("😀 '; drop Bcc: all@x.kr"), part);
      assertFalse(part.contains("가".repeat(500)), "long names are shortened");
    }
    JsonNode slack = new ObjectMapper().readTree(posted.get(0));
    assertFalse(slack.get("text").asText().contains("<"), slack.get("text").asText());
    List<JsonNode> texts = slack.get("blocks").findValues("type");
    assertTrue(texts.stream().noneMatch(t -> t.asText().equals("mrkdwn")), slack.toString());
    assertTrue(slack.at("/blocks/1/text/text").asText().contains("<script>"), slack.toString());
    assertTrue(
        Stream.of(slack.get("blocks")).allMatch(JsonNode::isArray)
            && slack.at("/blocks/0/text/text").asText().length() <= 150,
        slack.toString());
  }

  private Version publish(String finding) {
    return shelf.publish(Reports.draft("cohort", "2026-W47", finding), MONDAY);
  }

  private Map<String, String> tell(Mode mode, Version version, String finding) {
    return tell(mode, settings(smtp.getSmtp().getPort()), version, finding);
  }

  private Map<String, String> tell(
      Mode mode, ReportSettings settings, Version version, String finding) {
    return notifier(mode, settings).tell(Reports.notice(version, finding));
  }

  private Notifier notifier(Mode mode, ReportSettings settings) {
    return new Notifier(shelf, settings, MONDAY, mode);
  }

  private ReportSettings settings(int port) {
    return settings(mail(port, List.of("a@shop.kr", "Gone@shop.kr", "b@shop.kr", "A@shop.kr")));
  }

  private ReportSettings settings(MailSettings mail) {
    String hook = "http://127.0.0.1:" + hooks.getAddress().getPort() + "/T0/secret";
    return new ReportSettings(
        null,
        URI.create("https://reports.example.kr"),
        null,
        null,
        mail,
        new ReportSettings.Slack(new Secret(hook)));
  }

  private static MailSettings mail(int port, List<String> to) {
    return new MailSettings(
        "127.0.0.1",
        port,
        MailSettings.Security.NONE,
        null,
        null,
        "reports@shop.kr",
        to,
        List.of("gone@shop.kr"),
        OFF);
  }

  private static List<String> parts(MimeMessage message) throws Exception {
    List<String> parts = new ArrayList<>();
    collect(message.getContent(), parts);
    assertEquals(2, parts.size(), "text, and the same as HTML");
    return parts;
  }

  private static void collect(Object content, List<String> parts) throws Exception {
    if (content instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        collect(multipart.getBodyPart(i).getContent(), parts);
      }
    } else {
      parts.add((String) content);
    }
  }
}
