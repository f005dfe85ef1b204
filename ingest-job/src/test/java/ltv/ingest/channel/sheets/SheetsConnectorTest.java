package ltv.ingest.channel.sheets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.ingest.http.ServiceAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SheetsConnectorTest {
  private final SheetsOverHttp sheets = new SheetsOverHttp();

  @AfterEach
  void closed() {
    sheets.close();
  }

  private void scripted() {
    sheets.server.on(SheetsOverHttp.TOKEN, SheetsOverHttp.token(1));
    sheets.server.on(SheetsOverHttp.SHEET, SheetsOverHttp.recorded("tabs.json"));
    sheets.server.on(
        SheetsOverHttp.VALUES,
        SheetsOverHttp.recorded("window1.json"),
        SheetsOverHttp.recorded("window2.json"));
  }

  @Test
  void a_tab_is_read_in_windows_that_each_have_the_header_and_lands_as_received() {
    scripted();

    sheets.fetch();

    assertEquals(
        List.of(
            SheetsOverHttp.recorded("window1.json").body(),
            SheetsOverHttp.recorded("window2.json").body()),
        sheets.sink.pages().stream().map(Page::body).toList());
    List<Asked> asked = sheets.server.asked();
    assertEquals("'KR''s guide'!1:1, 'KR''s guide'!2:10001", ranges(0));
    assertEquals("'KR''s guide'!1:1, 'KR''s guide'!10002:10010", ranges(1));
    Asked values = asked.get(2);
    assertEquals("UNFORMATTED_VALUE", values.parameter("valueRenderOption"));
    assertEquals("SERIAL_NUMBER", values.parameter("dateTimeRenderOption"));
    assertEquals("Bearer access-1", values.headers().getFirst("Authorization"));
  }

  private String ranges(int page) {
    return sheets.sink.pages().get(page).facts().get("ranges");
  }

  @Test
  void the_sheet_is_asked_once_in_a_run_for_all_its_days() {
    scripted();

    sheets.fetch(LocalDate.of(2026, 3, 13));
    sheets.fetch(LocalDate.of(2026, 3, 14));

    assertEquals(4, sheets.sink.pages().size());
    assertEquals(sheets.sink.pages().get(0).body(), sheets.sink.pages().get(2).body());
    assertEquals(4, sheets.server.asked().size(), "token, tabs, two windows");
  }

  @Test
  void a_token_is_asked_for_with_a_signed_statement() {
    scripted();
    sheets.fetch();

    Asked token = sheets.server.asked().get(0);
    assertEquals("urn:ietf:params:oauth:grant-type:jwt-bearer", token.parameter("grant_type"));
    String claims = decoded(token.parameter("assertion").split("\\.")[1]);
    assertTrue(claims.contains("\"aud\":\"" + sheets.server.address() + "/token\""), claims);
  }

  @Test
  void the_statement_is_byte_for_byte_what_openssl_signs() {
    ServiceAccount account =
        ServiceAccount.of(SheetsOverHttp.keyFile("https://oauth2.googleapis.com/token"));

    String[] statement =
        account.grant(SheetsOverHttp.NOW, SheetReader.SCOPE).get("assertion").reveal().split("\\.");

    assertEquals("{\"alg\":\"RS256\",\"kid\":\"key-1\",\"typ\":\"JWT\"}", decoded(statement[0]));
    assertEquals(
        "{\"aud\":\"https://oauth2.googleapis.com/token\",\"exp\":1773616200,\"iat\":1773612600,"
            + "\"iss\":\"ltv@test.iam.gserviceaccount.com\","
            + "\"scope\":\"https://www.googleapis.com/auth/spreadsheets.readonly\"}",
        decoded(statement[1]));
    // openssl dgst -sha256 -sign key.pem, of the two parts as sent
    assertEquals(
        "WSdwFxkR1Ekvgpj6VG7QBqc7eyH32sMoUqgpcsvraeVTM5TgOYEnRfEc52kBEGW8DfHfCL57TykjgTc3-MWFXwq9Xmd1F-o8UxRFjpXjH3b5PTcH4vVvF1tl3qiWV-OeeHGJCNK3XQdV-8SuqlveLFsaoEJ3hV8PoKQBqbTxwf7KJqbGhWBPuSTFc1xUtpDvFRC_a8NEV-r0_F0sqWjTpA6k6PEtES6II7jvnUFug1Z667ejjQxnnX5z0gb04lDnNmzwmawYyz4krYqwTwZGJ6OA44x63vBAS172xdgVfNQdLxhutMOSHHktZjmAe1Tqx8B2LQxiq9cvX9re5oKX7w",
        statement[2]);
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  @Test
  void a_token_that_ends_midway_is_renewed_once() {
    sheets.server.on(SheetsOverHttp.TOKEN, SheetsOverHttp.token(1), SheetsOverHttp.token(2));
    sheets.server.on(SheetsOverHttp.SHEET, SheetsOverHttp.recorded("tabs.json"));
    sheets.server.on(
        SheetsOverHttp.VALUES,
        SheetsOverHttp.recorded("window1.json"),
        SheetsOverHttp.error(401, "UNAUTHENTICATED", "Request had invalid credentials"),
        SheetsOverHttp.recorded("window2.json"));

    sheets.fetch();

    assertEquals(2, sheets.sink.pages().size());
    assertEquals(
        "Bearer access-2", sheets.server.asked().get(5).headers().getFirst("Authorization"));
  }

  @Test
  void a_window_that_fails_leaves_nothing_and_the_next_fetch_reads_the_whole() {
    sheets.server.on(SheetsOverHttp.TOKEN, SheetsOverHttp.token(1));
    sheets.server.on(
        SheetsOverHttp.SHEET,
        SheetsOverHttp.recorded("tabs.json"),
        SheetsOverHttp.recorded("tabs.json"));
    sheets.server.on(
        SheetsOverHttp.VALUES,
        SheetsOverHttp.recorded("window1.json"),
        SheetsOverHttp.error(403, "PERMISSION_DENIED", "The caller does not have permission"),
        SheetsOverHttp.recorded("window1.json"),
        SheetsOverHttp.recorded("window2.json"));

    ChannelException e = sheets.refused();
    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("share the sheet with it"), e.getMessage());
    assertTrue(e.getMessage().contains(SheetsOverHttp.EMAIL), e.getMessage());
    assertEquals(0, sheets.sink.pages().size());

    sheets.fetch();
    assertEquals(2, sheets.sink.pages().size());
  }

  @Test
  void a_tab_that_is_gone_is_named_with_those_that_are_there() {
    sheets.server.on(SheetsOverHttp.TOKEN, SheetsOverHttp.token(1));
    sheets.server.on(SheetsOverHttp.SHEET, SheetsOverHttp.recorded("tabs_renamed.json"));

    ChannelException e = sheets.refused();

    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(
        e.getMessage().contains("has no tab KR's guide; it has Guide, Chart"), e.getMessage());
  }

  @Test
  void each_refusal_has_its_kind() {
    assertEquals(Kind.REFUSED, kindOf(404, "NOT_FOUND", "Requested entity was not found."));
    assertEquals(Kind.REFUSED, kindOf(400, "INVALID_ARGUMENT", "Unable to parse range: 'x'!1:1"));
    assertEquals(Kind.BUG, kindOf(400, "INVALID_ARGUMENT", "Invalid value at 'fields'"));
  }

  private static Kind kindOf(int status, String state, String message) {
    try (SheetsOverHttp sheets = new SheetsOverHttp()) {
      sheets.server.on(SheetsOverHttp.TOKEN, SheetsOverHttp.token(1));
      sheets.server.on(SheetsOverHttp.SHEET, SheetsOverHttp.error(status, state, message));
      return sheets.refused().kind();
    }
  }

  @Test
  void a_sheet_without_rows_is_asked_for_its_header_only() {
    sheets.server.on(SheetsOverHttp.TOKEN, SheetsOverHttp.token(1));
    sheets.server.on(SheetsOverHttp.SHEET, SheetsOverHttp.recorded("tabs_one_row.json"));
    sheets.server.on(SheetsOverHttp.VALUES, SheetsOverHttp.recorded("header_only.json"));

    sheets.fetch();

    assertEquals("'KR''s guide'!1:1", ranges(0));
  }

  @Test
  void what_is_no_key_file_is_no_setting_and_is_not_repeated() {
    Secret file = SheetsOverHttp.keyFile("http://x/token");
    assertTrue(ServiceAccount.isKeyFile(file));
    byte[] bytes = file.reveal().getBytes(StandardCharsets.UTF_8);
    assertTrue(ServiceAccount.isKeyFile(new Secret(Base64.getEncoder().encodeToString(bytes))));
    for (String text :
        List.of(
            "{}",
            "secret-text",
            "{\"client_email\":\"a\",\"token_uri\":\"b\",\"private_key\":\"c\"}")) {
      assertFalse(ServiceAccount.isKeyFile(new Secret(text)));
    }
  }

  @Test
  void a_doctor_looks_at_the_tab_and_reads_no_row() {
    sheets.server.on(SheetsOverHttp.TOKEN, SheetsOverHttp.token(1));
    sheets.server.on(SheetsOverHttp.SHEET, SheetsOverHttp.recorded("tabs.json"));

    assertEquals(
        "the tab KR's guide has room for 10010 rows and 12 columns",
        sheets.connector.examine(sheets.connector.streams().get(0).accounts().get(0)));
  }
}
