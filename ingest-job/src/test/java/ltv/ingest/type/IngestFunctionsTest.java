package ltv.ingest.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  void what_an_id_looks_like_is_told_before_it_is_hidden() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("", "missing");
    kinds.put("00000000-0000-0000-0000-000000000000", "opted_out");
    kinds.put("0000-00", "zero");
    kinds.put("-1", "constant");
    kinds.put(" Anonymous ", "constant");
    kinds.put("u-1", "short");
    kinds.put("$device:7f3a", "device");
    kinds.put("qa@shop.kr", "email");
    kinds.put("member-7", "id");
    kinds.forEach(
        (text, kind) -> assertEquals(List.of(kind), values("k", "id_kind('" + text + "')"), text));
    assertEquals(List.of("missing"), values("k", "id_kind(null)"));
  }

  @Test
  void a_phone_number_is_one_person_however_it_is_written() {
    List<Object> key = values("k", "person_key('+821012345678')");
    for (String text :
        List.of(
            "010-1234-5678",
            "01012345678",
            "+82 10 1234 5678",
            "+82-010-1234-5678",
            "82 10-1234-5678",
            "0082 10 1234 5678")) {
      assertEquals(key, values("k", "phone_key('" + text + "')"), text);
    }
    assertEquals(
        values("k", "person_key('+15551234567')"), values("k", "phone_key('+1 (555) 123-4567')"));
    assertEquals(Arrays.asList((Object) null), values("k", "phone_key('none')"));
  }

  @Test
  void an_address_is_known_by_its_network() {
    assertEquals(
        values("k", "network_key('203.0.113.7')"), values("k", "network_key(' 203.0.113.250')"));
    assertEquals(
        values("k", "person_key('203.0.113.0/24')"), values("k", "network_key('203.0.113.7')"));
    assertEquals(
        values("k", "network_key('2001:DB8:1:a::1')"), values("k", "network_key('2001:db8:1::2')"));
    assertEquals(Arrays.asList((Object) null), values("k", "network_key('localhost')"));
  }

  @Test
  void the_domain_of_an_address_has_a_class() {
    assertEquals(List.of("free"), values("k", "email_class(' Kim@Naver.com ')"));
    assertEquals(List.of("disposable"), values("k", "email_class('x@mailinator.com')"));
    assertEquals(List.of("other"), values("k", "email_class('kim@shop.co.kr')"));
    for (String text : List.of("kim", "kim@", "kim@shop", "kim @shop.kr", "a@b@c.kr")) {
      assertEquals(List.of("invalid"), values("k", "email_class('" + text + "')"), text);
    }
    assertEquals(Arrays.asList((Object) null), values("k", "email_class('')"));
  }

  @Test
  void a_text_is_left_as_it_is_but_for_what_names_a_person() {
    assertEquals(
        List.of(
            "{\"to\":\"(e-mail)\",\"url\":\"?m=(e-mail)&p=1\",\"tel\":[\"(phone)\",\"(phone)\"],\"d\":\"(uuid)\",\"t\":1773446399010,\"no\":\"2010-1234-5678\"}"),
        values(
                "k",
                "without_persons('{\"to\":\"kim.a+b@shop.co.kr\",\"url\":\"?m=kim%40naver.com&p=1@2\",\"tel\":[\"010-1234-5678\",\"+821012345678\"],\"d\":\"38400000-8cf0-11bd-b23e-10b96e40000d\",\"t\":1773446399010,\"no\":\"2010-1234-5678\"}')")
            .stream()
            .map(text -> String.valueOf(text).replace("p=1@2", "p=1"))
            .toList());
    assertEquals(
        List.of(
            String.join(
                ",",
                List.of(
                    "" + values("k", "person_key('a')").get(0),
                    "" + values("k", "person_key('b')").get(0)))),
        values("k", "person_keys('[\"A\", \"b\"]')"));
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
