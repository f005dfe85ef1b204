package ltv.ingest.channel.appleads;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import ltv.config.Secret;

/**
 * The JSON Web Token that Apple takes for a client secret: ES256 (RFC 7518, 3.4), signed with the
 * site's own key.
 */
final class ClientSecret {
  private static final String AUDIENCE = "https://appleid.apple.com";

  /** Long enough for a run; Apple allows 180 days. */
  private static final Duration LIFE = Duration.ofHours(1);

  private static final String SEC1 = "-----BEGIN EC PRIVATE KEY-----";

  /** What PKCS #8 says before the octets of a P-256 key: version 0, id-ecPublicKey, prime256v1. */
  private static final byte[] P256 =
      HexFormat.of().parseHex("020100301306072a8648ce3d020106082a8648ce3d030107");

  private static final byte SEQUENCE = 0x30;
  private static final byte OCTETS = 0x04;

  private final AppleAdsConfig config;

  ClientSecret(AppleAdsConfig config) {
    this.config = config;
  }

  /** Whether the text is a key that can be signed with. */
  static boolean isKey(Secret pem) {
    try {
      sign(pem, "");
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** A secret that Apple takes from {@code now} on for an hour. */
  Secret at(Instant now) {
    String header = "{\"alg\":\"ES256\",\"kid\":\"%s\"}".formatted(config.keyId());
    String claims =
        "{\"sub\":\"%s\",\"aud\":\"%s\",\"iss\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(
                config.clientId(),
                AUDIENCE,
                config.teamId(),
                now.getEpochSecond(),
                now.plus(LIFE).getEpochSecond());
    String signed =
        text(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + text(claims.getBytes(StandardCharsets.UTF_8));
    try {
      return new Secret(signed + "." + text(sign(config.privateKey(), signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The key was tried when the settings were read", e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** JWS wants the two numbers as they are, 64 bytes; Java's default wraps them in DER. */
  private static byte[] sign(Secret pem, String text) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key(pem.reveal()));
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return signature.sign();
  }

  /** openssl writes a key either bare (SEC 1) or wrapped (PKCS #8); Java reads the wrapped one. */
  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----(BEGIN|END) [A-Z ]+-----", "").replaceAll("\\s", "");
    byte[] der = Base64.getDecoder().decode(base64);
    byte[] wrapped = pem.contains(SEC1) ? der(SEQUENCE, P256, der(OCTETS, der)) : der;
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(wrapped));
  }

  /** One DER value; a P-256 key is shorter than 256 bytes. */
  private static byte[] der(byte tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (content.size() >= 0x80) {
      value.write(0x81);
    }
    value.write(content.size());
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }
}
