package ltv.lake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as lower-case hex, over bytes or over a sequence of texts. */
public final class Fingerprint {
  private static final char SEPARATOR = 0x1F;

  private final MessageDigest digest;

  private Fingerprint(MessageDigest digest) {
    this.digest = digest;
  }

  /** An empty fingerprint to add texts to. */
  public static Fingerprint start() {
    try {
      return new Fingerprint(MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** The fingerprint of some bytes. */
  public static String of(byte[] bytes) {
    Fingerprint fingerprint = start();
    fingerprint.digest.update(bytes);
    return fingerprint.hex();
  }

  /** The digest itself, for streams that are hashed while they are copied. */
  public MessageDigest digest() {
    return digest;
  }

  /** Adds one text; ("a", "b") and ("ab") differ. */
  public Fingerprint add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) SEPARATOR);
    return this;
  }

  /** Two texts as one: to add it is to add the one and then the other. */
  public static String joined(String first, String second) {
    return first + SEPARATOR + second;
  }

  /** The result; ends this fingerprint. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
