package ltv.sandbox.market;

import java.util.List;
import java.util.stream.Stream;

/**
 * What people searched for when a keyword's ad was shown; the rare rest is told by nobody.
 *
 * @param exact whether they searched for the keyword itself
 * @param part its part of the keyword's day
 */
public record Search(Keyword keyword, String term, boolean exact, AdDay part) {
  /** Of a keyword's numbers, in percent. */
  private static final int ITSELF = 60;

  private static final int MORE = 30;

  /** All of an ad's day. */
  public static List<Search> of(AdDay ad) {
    return Keyword.of(ad).stream().flatMap(Search::of).toList();
  }

  private static Stream<Search> of(Keyword keyword) {
    String word = keyword.text();
    return Stream.of(
        new Search(keyword, word, true, keyword.part().part(ITSELF)),
        new Search(keyword, word + " 싼 곳", false, keyword.part().part(MORE)));
  }
}
