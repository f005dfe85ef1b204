package ltv.sandbox.server;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ltv.sandbox.market.AdisonRow;
import ltv.sandbox.market.Market;

/**
 * An address that serves Adison's declared report of a month as CSV, as Excel saves it: a byte
 * order mark, Korean headers, group commas, cost with VAT, the last row once more, a line of
 * totals.
 */
public final class AdisonServer extends LocalServer {
  /** Path of the report. */
  public static final String PATH = "/report.csv";

  private final Market market;
  private final String account;
  private final String token;

  /** A server over a market; port 0 takes a free one. */
  public AdisonServer(Market market, int port, String account, String token) {
    super(port);
    this.market = market;
    this.account = account;
    this.token = token;
  }

  @Override
  Answer answer(Asked asked) {
    if (!asked.authorization().equals("Bearer " + token)) {
      return Answer.text(401, "who are you");
    }
    if (!asked.path().equals(PATH) || !asked.get("month").matches("\\d{4}-\\d{2}")) {
      return Answer.text(404, "no such report");
    }
    List<AdisonRow> rows = AdisonRow.of(market, account, YearMonth.parse(asked.get("month")));
    String head = "\uFEFF날짜,캠페인ID,캠페인명,플랫폼,광고유형,노출수,클릭수,전환수,광고비,부가세포함\r\n";
    String lines = rows.stream().map(AdisonServer::line).collect(Collectors.joining());
    String again = rows.isEmpty() ? "" : line(rows.get(rows.size() - 1)) + "총계,,,,,,,,,\r\n";
    return new Answer(200, Map.of("Content-Type", "text/csv"), head + lines + again);
  }

  private static String line(AdisonRow row) {
    return "%s,%s,\"%s\",%s,CPI,\"%,d\",%d,%d,\"₩%,d\",Y\r\n"
        .formatted(
            row.day().toString().replace("-", ". "),
            row.campaign().id(),
            row.campaign().name(),
            row.platform(),
            row.impressions(),
            row.clicks(),
            row.completions(),
            row.cost() * 11 / 10);
  }
}
