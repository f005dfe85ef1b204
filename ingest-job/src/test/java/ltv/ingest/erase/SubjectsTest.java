package ltv.ingest.erase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is meant by an id, and who is not. */
class SubjectsTest {
  private static Subjects of(String... ids) {
    return new Subjects(List.of(ids), List.of(), id -> List.of("hash-of-" + id.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kim@x.kr",
        "{\"email\":\"Kim@X.kr\"}",
        "?e=kim%40x.kr&a=1",
        "mail to kim@x.kr.",
        "<kim@x.kr>",
        "a\tkim@x.kr\tb",
        "$email:kim@x.kr"
      })
  void an_address_is_found_as_a_word_of_its_own(String text) {
    assertTrue(of("KIM@x.kr ").named(text), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ah.kim@x.kr", "kim@x.kr.jp", "joakim@x.kr", "kim@x.krx", "kim@y.kr"})
  void another_address_that_holds_it_is_somebody_else(String text) {
    assertFalse(of("kim@x.kr").named(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "member-17, $device:member-17, true", "member-17, member-170, false",
        "member-17, member-17.5, false",
    "member-17, a-member-17, false", "member-17, MEMBER-17, true", "member-17, hash-of-9, true"
  })
  void an_id_is_a_whole_word_or_its_hash(String id, String text, boolean found) {
    assertEquals(found, of(id).named(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "010-1234-5678",
        "+82 10 1234 5678",
        "821012345678",
        "01012345678",
        "+82(0)10.1234.5678",
        "0082 10-1234-5678",
        "tel=%2B821012345678;"
      })
  void a_phone_number_is_found_however_it_is_written(String text) {
    assertTrue(of("+821012345678").named(text), text);
    assertTrue(of("010-1234-5678").named(text), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"010-1234-56789", "1010-1234-5678", "010-1234-5679"})
  void another_number_is_somebody_else(String text) {
    assertFalse(of("010-1234-5678").named(text), text);
  }

  @Test
  void a_short_id_is_refused_and_a_customers_is_compared_whole() {
    JobException refused = assertThrows(JobException.class, () -> of("17"));
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.getMessage().contains("--customer-id"), refused.getMessage());

    Subjects customer = new Subjects(List.of(), List.of("7"), id -> List.of());
    assertTrue(customer.customer(" 7"));
    assertFalse(customer.customer("77"));
    assertFalse(customer.named("7"));
  }

  @Test
  void nobody_is_refused() {
    assertThrows(JobException.class, () -> of());
  }

  @Test
  void its_own_text_names_nobody() {
    assertEquals("1 ids, 0 customers", of("kim@x.kr").toString());
  }
}
