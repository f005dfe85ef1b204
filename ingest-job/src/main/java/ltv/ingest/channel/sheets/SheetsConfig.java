package ltv.ingest.channel.sheets;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import ltv.config.Problems;
import ltv.config.Secret;
import ltv.ingest.http.ServiceAccount;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.SiteShapes;

/**
 * The channel {@code google_sheets} of a site.
 *
 * @param baseUrl default https://sheets.googleapis.com
 * @param tokenUrl where access tokens are issued; default what the key file says
 * @param serviceAccount the JSON key file of the service account that the sheets are shared with,
 *     as it is or in Base64
 * @param streams which sheet each list is kept in; the rows land in {@code
 *     src_google_sheets__<name>}
 */
public record SheetsConfig(
    String baseUrl, String tokenUrl, Secret serviceAccount, Map<String, Tab> streams)
    implements SiteShapes {
  /** Where Google answers. */
  public static final String GOOGLE = "https://sheets.googleapis.com";

  /**
   * One tab of a spreadsheet.
   *
   * @param spreadsheetId the long id in its address
   * @param tab its name
   * @param headers what the sheet calls a column, by the column's name; the usual names need none
   */
  public record Tab(String spreadsheetId, String tab, Map<String, String> headers) {
    public Tab {
      new Problems().require("spreadsheet_id", spreadsheetId).require("tab", tab).throwIfAny();
      headers = headers == null ? Map.of() : new TreeMap<>(headers);
    }
  }

  public SheetsConfig {
    baseUrl = baseUrl == null ? GOOGLE : baseUrl;
    ServiceAccount.problems(baseUrl, tokenUrl, serviceAccount)
        .check(streams != null && !streams.isEmpty(), "streams", "names no stream")
        .throwIfAny();
    streams = new TreeMap<>(streams);
  }

  @Override
  public Map<String, RawShape> shapes(
      Function<String, RawShape> packed, BiConsumer<String, String> problem) {
    Map<String, RawShape> shapes = new TreeMap<>();
    streams.forEach(
        (name, tab) -> {
          String dataset = "src_" + SheetsConnector.CHANNEL + "__" + name;
          String setting = "streams." + name + ".headers";
          shapes.put(
              dataset,
              SiteShapes.headed(
                  dataset, packed.apply(dataset), tab.headers, c -> problem.accept(setting, c)));
        });
    return shapes;
  }
}
