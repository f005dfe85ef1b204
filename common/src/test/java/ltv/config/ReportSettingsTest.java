package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import ltv.config.MailSettings.Security;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportSettingsTest {
  @TempDir private Path folder;

  @Test
  void a_site_that_says_nothing_publishes_below_its_home_and_tells_nobody() throws IOException {
    ReportSettings reports = read("site: demo\nhome: out\n", Map.of()).reports();

    assertEquals("out/reports", reports.publish());
    assertEquals(List.of("ko", "en"), reports.languages());
    assertEquals(null, reports.mail());
    assertEquals(null, reports.slack());
  }

  @Test
  void who_is_told_is_read_with_secrets_that_never_show_themselves() throws IOException {
    ReportSettings reports =
        read(
                """
                site: demo
                home: out
                reports:
                  publish: s3://b/reports
                  base_url: https://reports.example.kr
                  languages: [en]
                  mail: {host: smtp.example.kr, user: u, password: "${SMTP_PASSWORD}", from: a@b.kr, to: [C@d.kr, c@d.kr, e@f.kr], unsubscribed: [E@f.kr], unsubscribe: off@b.kr}
                  slack: {webhook: "${SLACK_WEBHOOK}"}
                """,
                Map.of("SMTP_PASSWORD", "hush", "SLACK_WEBHOOK", "https://hooks.example/T/whisper"))
            .reports();

    assertEquals("s3://b/reports", reports.publish());
    assertEquals(587, reports.mail().port());
    assertEquals(Security.STARTTLS, reports.mail().security());
    assertEquals("hush", reports.mail().password().reveal());
    assertEquals(List.of("C@d.kr"), reports.mail().recipients());
    assertFalse(reports.toString().contains("hush"), reports.toString());
    assertFalse(reports.toString().contains("whisper"), reports.toString());
  }

  @Test
  void everything_that_cannot_be_is_said_at_once() {
    JobException e =
        assertThrows(
            JobException.class,
            () ->
                read(
                    """
                    site: demo
                    home: out
                    reports:
                      publish: ftp://x
                      languages: [ko, fr]
                      mail: {port: 0, security: none, user: u, password: p, from: "a@b.kr>", to: ["x, y@z"], unsubscribe: "http://b.kr"}
                      slack: {webhook: hooks}
                    """,
                    Map.of()));

    for (String expected :
        List.of(
            "reports.publish must be a folder or s3://bucket/prefix",
            "reports.languages must be ko, en or both",
            "reports.mail.host is missing",
            "reports.mail.port must be 1 to 65535",
            "reports.mail.security must be starttls or tls where there is a password",
            "reports.mail.from must be an address such as a@b.kr",
            "reports.mail.to and unsubscribed must hold addresses such as a@b.kr",
            "reports.mail.unsubscribe must be an address or an https page",
            "reports.slack.webhook must begin with https://")) {
      assertTrue(e.getMessage().contains(expected), () -> expected + " not in " + e.getMessage());
    }
    assertTrue(
        assertThrows(
                JobException.class,
                () ->
                    read(
                        "site: demo\nhome: out\nreports: {slack: {webhook: \"https://h/x\"}}\n",
                        Map.of()))
            .getMessage()
            .contains("reports.base_url is missing: messages link to reports there"));
  }

  private SiteConfig read(String text, Map<String, String> environment) throws IOException {
    return SiteConfig.read(Files.writeString(folder.resolve("site.yaml"), text), environment);
  }
}
