package ltv.ingest.type;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Settings of a channel whose pages each site has in its own shape. */
public interface SiteShapes {
  /**
   * A dataset's usual shape under a site's own headers.
   *
   * @param problem takes what is wrong with them
   */
  static RawShape headed(
      String dataset, RawShape usual, Map<String, String> headers, Consumer<String> problem) {
    usual
        .unknownAmong(headers.keySet())
        .forEach(c -> problem.accept("names " + c + ", which " + dataset + " does not have"));
    return usual.headed(headers);
  }

  /**
   * How the channel's pages are cut at this site, by dataset.
   *
   * @param packed the shape that comes with a dataset
   * @param problem takes a setting below the channel's and what is wrong with it
   */
  Map<String, RawShape> shapes(
      Function<String, RawShape> packed, BiConsumer<String, String> problem);
}
