package ltv.calculate.publish;

import java.util.regex.Pattern;

/** Foreign text for places that know no markup: one line, as long as allowed, in its own order. */
final class Plain {
  /** What breaks a line or a header, and what turns the text around it to the other side. */
  private static final Pattern BREAKS =
      Pattern.compile(
          "[\\p{Cntrl}\\s\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

  private Plain() {}

  /** The text, shortened to a number of characters. */
  static String of(String text, int longest) {
    String line = BREAKS.matcher(text).replaceAll(" ").strip();
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
  }
}
