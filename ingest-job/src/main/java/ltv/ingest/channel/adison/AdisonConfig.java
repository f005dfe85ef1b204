package ltv.ingest.channel.adison;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import ltv.config.Problems;
import ltv.config.Secret;
import ltv.ingest.channel.sheets.SheetsConfig;
import ltv.ingest.http.ServiceAccount;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.SiteShapes;
import okhttp3.HttpUrl;

/**
 * The channel {@code adison} of a site.
 *
 * @param lookbackDays past days of which the report may still change; default 31, since a month is
 *     delivered whole
 * @param headers what the reports call a column, by the column's name; the usual names need none
 * @param accounts advertisers, each with the place its report is kept in
 */
public record AdisonConfig(
    Integer lookbackDays, Map<String, String> headers, List<Account> accounts)
    implements SiteShapes {
  private static final int A_MONTH = 31;

  /**
   * One advertiser, with exactly one place.
   *
   * @param timezone of its days; default Asia/Seoul
   */
  public record Account(String id, ZoneId timezone, Dropped file, Tab sheet, Endpoint http) {
    public Account {
      timezone = timezone == null ? ZoneId.of("Asia/Seoul") : timezone;
      new Problems()
          .require("id", id)
          .check(
              Stream.of(file, sheet, http).filter(Objects::nonNull).count() == 1,
              "file",
              "or sheet or http says where the report is; give one of them")
          .throwIfAny();
    }
  }

  /**
   * Files in a folder.
   *
   * @param folder they are read, never moved or deleted
   * @param files a glob below it; {@code {month}} and {@code {date}} stand for the day's
   * @param charset default UTF-8; x-windows-949 is what Excel saves as CSV in Korea
   */
  public record Dropped(Path folder, String files, Charset charset) {
    public Dropped {
      new Problems().require("folder", folder).require("files", files).throwIfAny();
    }
  }

  /**
   * A tab of a Google Sheet.
   *
   * @param baseUrl default https://sheets.googleapis.com
   * @param tokenUrl where access tokens are issued; default what the key file says
   * @param serviceAccount the JSON key file of the service account that the sheet is shared with,
   *     as it is or in Base64
   * @param spreadsheetId the long id in its address
   * @param tab its name; {@code {month}} stands for the day's, as in 2026-03
   */
  public record Tab(
      String baseUrl, String tokenUrl, Secret serviceAccount, String spreadsheetId, String tab) {
    public Tab {
      baseUrl = baseUrl == null ? SheetsConfig.GOOGLE : baseUrl;
      ServiceAccount.problems(baseUrl, tokenUrl, serviceAccount)
          .require("spreadsheet_id", spreadsheetId)
          .require("tab", tab)
          .throwIfAny();
    }
  }

  /**
   * An address that answers with the report as CSV.
   *
   * @param url {@code {month}} and {@code {date}} stand for the day's
   * @param token sent as a bearer token; absent when none is wanted
   */
  public record Endpoint(String url, Secret token) {
    public Endpoint {
      new Problems()
          .require("url", url)
          .check(
              url == null || HttpUrl.parse(url.replaceAll("[{}]", "")) != null,
              "url",
              "must be an http or https address")
          .throwIfAny();
    }
  }

  public AdisonConfig {
    lookbackDays = lookbackDays == null ? A_MONTH : lookbackDays;
    headers = headers == null ? Map.of() : new TreeMap<>(headers);
    new Problems()
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(accounts != null && !accounts.isEmpty(), "accounts", "names no account")
        .throwIfAny();
    accounts = List.copyOf(accounts);
  }

  @Override
  public Map<String, RawShape> shapes(
      Function<String, RawShape> packed, BiConsumer<String, String> problem) {
    String dataset = AdisonConnector.DATASET;
    return Map.of(
        dataset,
        SiteShapes.headed(
            dataset, packed.apply(dataset), headers, c -> problem.accept("headers", c)));
  }
}
