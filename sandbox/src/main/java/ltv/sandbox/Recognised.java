package ltv.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.sandbox.market.Findings;

/**
 * Rows of events that name nobody, beside the users that the pipeline put in.
 *
 * @param revealed rows whose user something reveals
 * @param filled rows with a user put in
 * @param right of those the rows with the right one
 */
record Recognised(long revealed, long filled, long right) {
  /**
   * Compares phone by phone and day by day.
   *
   * @param found by {@code device|day} and user, both hashed
   * @param hashKey the site's
   */
  static Recognised of(Findings known, Map<String, Map<String, Long>> found, String hashKey) {
    Mac hash = hash(hashKey);
    long revealed = 0;
    long filled = 0;
    long right = 0;
    for (Map.Entry<String, Map<String, Long>> phone : known.untold().entrySet()) {
      String[] key = phone.getKey().split("\\|");
      Map<String, Long> users = found.getOrDefault(key(hash, key[0]) + "|" + key[1], Map.of());
      for (Map.Entry<String, Long> member : phone.getValue().entrySet()) {
        if (!member.getKey().isEmpty()) {
          revealed += member.getValue();
          right += Math.min(member.getValue(), users.getOrDefault(key(hash, member.getKey()), 0L));
        }
      }
    }
    for (Map<String, Long> users : found.values()) {
      for (Map.Entry<String, Long> user : users.entrySet()) {
        filled += user.getKey().isEmpty() ? 0 : user.getValue();
      }
    }
    return new Recognised(revealed, filled, right);
  }

  /** How many of these are found as they are known; the keys of what is found are hashed. */
  static long same(Map<String, String> known, Map<String, String> found, String hashKey) {
    Mac hash = hash(hashKey);
    return known.entrySet().stream()
        .filter(e -> e.getValue().equals(found.get(key(hash, e.getKey()))))
        .count();
  }

  private static Mac hash(String key) {
    try {
      Mac hash = Mac.getInstance("HmacSHA256");
      hash.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return hash;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  private static String key(Mac hash, String id) {
    return HexFormat.of().formatHex(hash.doFinal(id.getBytes(StandardCharsets.UTF_8)));
  }
}
