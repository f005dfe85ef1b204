package ltv.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenEndsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  @TempDir private Path folder;

  private Map<String, String> soon(String lines) throws IOException {
    String site = "site: shop\nhome: %s\n%s".formatted(folder, lines);
    Path file = Files.writeString(folder.resolve("site.yaml"), site);
    return TokenEnds.soon(SiteConfig.read(file, Map.of()), TODAY);
  }

  private static String signed(String payload) throws IOException {
    Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
    String header = new ObjectMapper().writeValueAsString(Map.of("alg", "HS256"));
    return text.encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + text.encodeToString(payload.getBytes(StandardCharsets.UTF_8))
        + ".c2lnbmF0dXJl";
  }

  @Test
  void a_day_of_the_site_file_is_told_from_two_weeks_before_until_it_is_changed()
      throws IOException {
    String channels = "channels: {meta: {access_token: x}}\n";
    String said =
        " (token_expires.meta); have a new one made, and say its last day by token_expires.meta";

    assertEquals(Map.of(), soon("token_expires: {meta: 2026-12-05}\n" + channels));
    assertEquals(
        Map.of("meta", "the token of meta ends on 2026-12-04, in 14 days" + said),
        soon("token_expires: {meta: 2026-12-04}\n" + channels));
    assertEquals(
        Map.of("meta", "the token of meta ends on 2026-11-20, today" + said),
        soon("token_expires: {meta: 2026-11-20}\n" + channels));
    assertEquals(
        Map.of("meta", "the token of meta ended on 2026-11-19" + said),
        soon("token_expires: {meta: 2026-11-19}\n" + channels));
    assertEquals(
        Map.of(), soon("token_expires: {meta: 2026-12-04}\ntoken_warning_days: 13\n" + channels));
  }

  @Test
  void a_signed_token_says_its_end_by_itself_and_the_earlier_of_two_counts() throws IOException {
    long end = TODAY.plusDays(3).atTime(12, 0).atZone(ZoneId.of("Asia/Seoul")).toEpochSecond();
    String token = signed("{\"exp\":" + end + "}");

    Map<String, String> soon =
        soon(
            "token_expires: {adison: 2026-11-30}\nchannels:\n  adison:\n    accounts: [{http: {token: "
                + token
                + "}}]\n");

    assertEquals(
        Map.of(
            "adison",
            "the token of adison ends on 2026-11-23, in 3 days (the token in"
                + " channels.adison.accounts.http.token itself); have a new one made, and say its"
                + " last day by token_expires.adison"),
        soon);
  }

  @Test
  void other_secrets_say_nothing() throws IOException {
    String noEnd = signed("{\"sub\":\"someone\"}");
    assertEquals(
        Map.of(),
        soon(
            "channels: {meta: {access_token: %s, app_secret: abcdefghij.klmnopqrst.uvwxyz, api_version: v26.0}}\n"
                .formatted(noEnd)));
  }
}
