package ltv.calculate.bi;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ltv.calculate.catalogue.BiTable;
import ltv.calculate.catalogue.Catalogue;
import ltv.calculate.catalogue.Numbers;
import ltv.calculate.catalogue.Words;
import ltv.config.SiteConfig;
import ltv.dataset.Dataset;
import ltv.engine.DuckDbSession;

/** What BI tools import, in one language: the same marts give the same bytes. */
public final class BiFiles {
  private BiFiles() {}

  /**
   * The files by path: what Superset imports, what dbt-metabase hands on to Metabase, and, where a
   * server serves the marts, a data source of Tableau for each table.
   *
   * @param marts those that the site has
   * @param session describes views
   * @param place where tools find the marts
   * @param language ko or en
   */
  public static Map<String, byte[]> of(
      SiteConfig site, List<Dataset> marts, DuckDbSession session, Place place, String language) {
    Words words = new Words(language);
    Numbers numbers = new Numbers(site.reportingCurrency());
    List<BiTable> tables = new Catalogue(session, words).tables(marts);
    Map<String, byte[]> files = new LinkedHashMap<>();
    Superset superset = new Superset(site.site(), words, tables, place, numbers);
    files.put("superset.zip", Bundle.of(superset.files("Dashboard")));
    files.put("superset-assets.zip", Bundle.of(superset.files("assets")));
    files.put("manifest.json", bytes(new DbtManifest(place, numbers).of(tables)));
    if (place.isServer()) {
      TableauSource tableau = new TableauSource(place, numbers, words);
      tables.forEach(
          table -> files.put("tableau/" + table.name() + ".tds", bytes(tableau.of(table))));
    }
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
