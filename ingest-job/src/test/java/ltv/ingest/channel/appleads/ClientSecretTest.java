package ltv.ingest.channel.appleads;

import static ltv.ingest.channel.appleads.AppleAdsOverHttp.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import ltv.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSecretTest {
  /** The public half of the key, from {@code openssl ec -pubout}. */
  private static final String PUBLIC =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElNK7MBWUuaDLemYNSAZ+wHsGPWxVpRD4jzv0XA/t+uR7va9rbjvg7Dv8Tv2aKZ/pxrV98Ak6Ornm9oG4m5nxkA==";

  /** The same key as {@code openssl pkcs8 -topk8 -nocrypt} writes it. */
  private static final String WRAPPED =
      "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEtrPw5UQgFsWtf6L+bc93zisG+yvvgf8EHB2ljCkI8uhRANCAASU0rswFZS5oMt6Zg1IBn7AewY9bFWlEPiPO/RcD+365Hu9r2tuO+DsO/xO/Zopn+nGtX3wCTo6ueb2gbibmfGQ\n-----END PRIVATE KEY-----\n";

  @Test
  void header_and_claims_are_these_bytes_and_the_signature_is_two_bare_numbers()
      throws GeneralSecurityException {
    try (AppleAdsOverHttp apple = new AppleAdsOverHttp()) {
      String[] parts = new ClientSecret(apple.config).at(NOW).reveal().split("\\.");

      assertEquals(3, parts.length);
      assertEquals("{\"alg\":\"ES256\",\"kid\":\"key-1\"}", text(parts[0]));
      assertEquals(
          "{\"sub\":\"SEARCHADS.client\",\"aud\":\"https://appleid.apple.com\",\"iss\":\"SEARCHADS.team\","
              + "\"iat\":1773612600,\"exp\":1773616200}",
          text(parts[1]));
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      assertEquals(64, signature.length);
      assertTrue(verified(parts[0] + "." + parts[1], signature));
      assertFalse(verified(parts[0] + "." + parts[1] + "x", signature));
      assertFalse(String.join("", parts).contains("="), "no padding");
    }
  }

  private static boolean verified(String text, byte[] signature) throws GeneralSecurityException {
    Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
    check.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(PUBLIC))));
    check.update(text.getBytes(StandardCharsets.UTF_8));
    return check.verify(signature);
  }

  private static String text(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  @Test
  void a_key_is_taken_as_openssl_writes_it_bare_or_wrapped() {
    assertTrue(ClientSecret.isKey(new Secret(AppleAdsOverHttp.KEY)));
    assertTrue(ClientSecret.isKey(new Secret(WRAPPED)));
    assertTrue(ClientSecret.isKey(new Secret(WRAPPED.replaceAll("-----[A-Z ]+-----|\n", ""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "AAAA"
      })
  void what_is_no_key_is_refused(String text) {
    assertFalse(ClientSecret.isKey(new Secret(text)));
  }
}
