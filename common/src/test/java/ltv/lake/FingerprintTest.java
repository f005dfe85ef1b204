package ltv.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class FingerprintTest {
  /** Ledgers hold such hashes: another way of making them would make every partition stale. */
  @Test
  void texts_are_hashed_with_a_unit_separator_after_each() {
    assertEquals(
        Fingerprint.of(new byte[] {'a', 0x1F, 'b', 0x1F}),
        Fingerprint.start().add("a").add("b").hex());
    assertNotEquals(
        Fingerprint.start().add("ab").hex(), Fingerprint.start().add("a").add("b").hex());
  }

  @Test
  void two_texts_joined_are_the_two_one_after_the_other() {
    assertEquals(
        Fingerprint.start().add("2026-11-18 []").add("371-34-34").hex(),
        Fingerprint.start().add(Fingerprint.joined("2026-11-18 []", "371-34-34")).hex());
  }
}
