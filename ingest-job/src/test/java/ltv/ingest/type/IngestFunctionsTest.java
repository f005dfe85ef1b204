package ltv.ingest.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.config.PersonalData;
import ltv.config.Secret;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.Test;

class IngestFunctionsTest {
  @Test
  void a_persons_key_is_the_hmac_that_every_library_computes() throws Exception {
    for (String key : List.of("k", "한글 키", "x".repeat(64), "longer than a block ".repeat(9))) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] expected = mac.doFinal("가나-1a".getBytes(StandardCharsets.UTF_8));

      assertEquals(
          List.of(HexFormat.of().formatHex(expected)), values(key, "person_key(' 가나-1A ')"));
    }
  }

  @Test
  void what_names_nobody_has_no_key() {
    for (String nobody :
        List.of(
            "",
            " ",
            "0",
            "00000000-0000-0000-0000-000000000000",
            "NULL",
            "n/a",
            "None",
            "undefined")) {
      assertEquals(
          Arrays.asList((Object) null), values("k", "person_key('" + nobody + "')"), nobody);
    }
  }

  @Test
  void a_number_that_is_not_whole_is_no_whole_number() {
    assertEquals(List.of(13L), values("k", "whole(' +13 ')"));
    for (String text : List.of("12.5", "1e3", "1_000", "", "x", "99999999999999999999")) {
      assertEquals(Arrays.asList((Object) null), values("k", "whole('" + text + "')"), text);
    }
  }

  @Test
  void dates_and_numbers_are_read_as_people_write_them() {
    for (String text :
        List.of("46095", "46095.75", "2026-03-14", "2026/3/14", "2026. 3. 14.", " 2026.03.14")) {
      assertEquals(
          "2026-03-14", values("k", "written_date('" + text + "')").get(0).toString(), text);
    }
    for (String text :
        List.of("", "14.03.2026", "2026-13-01", "2026-02-30", "20260314", "soon", "3.14")) {
      assertEquals(Arrays.asList((Object) null), values("k", "written_date('" + text + "')"), text);
    }
    for (String text : List.of("76530", "76,530", "₩76,530", "\\76,530", "76,530원", " 76 530 ")) {
      assertEquals(List.of("76530"), values("k", "written_number('" + text + "')"), text);
    }
    assertEquals(List.of("-1200.5"), values("k", "written_number('-1,200.5')"));
    for (String text : List.of("", " ", "-", "₩-")) {
      assertEquals(
          Arrays.asList((Object) null), values("k", "written_number('" + text + "')"), text);
    }
  }

  @Test
  void an_instant_is_utc_also_across_a_change_of_clocks() {
    assertEquals(
        "2026-03-29T00:30",
        values("k", "instant('2026-03-29 01:30:00', 'Europe/Berlin')").get(0).toString());
    assertEquals(
        "2026-03-29T01:30",
        values("k", "instant('2026-03-29 03:30:00', 'Europe/Berlin')").get(0).toString());
    assertEquals(
        Arrays.asList((Object) null), values("k", "instant('29.03.2026', 'Europe/Berlin')"));
  }

  private static List<Object> values(String key, String expression) {
    try (DuckDbSession session = DuckDbCases.open()) {
      new IngestFunctions(Optional.of(new PersonalData(new Secret(key), "k1"))).define(session);
      return session.rows("select " + expression).get(0);
    }
  }
}
