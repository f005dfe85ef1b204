package ltv.ingest.type;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Settings of a channel whose pages each site has in its own shape. */
public interface SiteShapes {
  /**
   * How the channel's pages are cut at this site, by dataset.
   *
   * @param packed the shape that comes with a dataset
   * @param problem takes a setting below the channel's and what is wrong with it
   */
  Map<String, RawShape> shapes(
      Function<String, RawShape> packed, BiConsumer<String, String> problem);
}
