package ltv.ingest.http;

import java.util.regex.Pattern;

/** Takes secrets out of addresses, bodies and messages before anything is logged or stored. */
public final class Redaction {
  private static final Pattern SECRET =
      Pattern.compile("((?:access_token|appsecret_proof)(?:=|%3D|\"\\s*:\\s*\"))[^&\"\\s\\\\]+");
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[\\w.~+/=-]+");

  /** Longer bodies are pages of a proxy, or rows. */
  private static final int LONGEST = 300;

  private Redaction() {}

  /** The beginning of the text, for a message, without tokens. */
  public static String brief(String text) {
    String told = of(text);
    return told.length() > LONGEST ? told.substring(0, LONGEST) + " …" : told;
  }

  /** The text with every token's value replaced by {@code ***}. */
  public static String of(String text) {
    return BEARER.matcher(SECRET.matcher(text).replaceAll("$1***")).replaceAll("$1***");
  }
}
