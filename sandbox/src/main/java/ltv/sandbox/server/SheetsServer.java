package ltv.sandbox.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.sandbox.market.Sheet;

/**
 * Google Sheets: tokens for a statement that the service account signed, tabs, and values by range.
 * Cells that are empty to the end of a row are left out; a token ends after some calls.
 */
public final class SheetsServer extends LocalServer {
  /** Path of the token endpoint. */
  public static final String TOKEN_PATH = "/token";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("/v4/spreadsheets/([^/]+)(/values:batchGet)?");
  private static final Pattern RANGE = Pattern.compile("'((?:[^']|'')+)'!(\\d+):(\\d+)");
  private static final int CALLS_PER_TOKEN = 7;

  private final Map<String, List<Sheet>> spreadsheets;
  private final ServiceAccountKey key;
  private final TokenDesk tokens = new TokenDesk("sandbox-sheets-access-", CALLS_PER_TOKEN);

  /**
   * A server; port 0 takes a free one.
   *
   * @param spreadsheets tabs by the spreadsheet's id
   * @param keyFile of the service account that may read
   */
  public SheetsServer(Map<String, List<Sheet>> spreadsheets, int port, String keyFile) {
    super(port);
    this.spreadsheets = Map.copyOf(spreadsheets);
    this.key = new ServiceAccountKey(keyFile, "/auth/spreadsheets.readonly");
  }

  @Override
  synchronized Answer answer(Asked asked) {
    if (asked.path().equals(TOKEN_PATH)) {
      return key.token(asked, tokens);
    }
    if (!tokens.takes(asked)) {
      return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
    }
    Matcher path = PATH.matcher(asked.path());
    if (!path.matches() || !spreadsheets.containsKey(path.group(1))) {
      return error(404, "NOT_FOUND", "Requested entity was not found.");
    }
    List<Sheet> tabs = spreadsheets.get(path.group(1));
    return path.group(2) == null ? listed(tabs) : values(path.group(1), tabs, asked);
  }

  private static Answer listed(List<Sheet> tabs) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode sheets = body.putArray("sheets");
    for (Sheet tab : tabs) {
      ObjectNode properties = sheets.addObject().putObject("properties");
      properties.put("title", tab.title()).put("sheetType", "GRID");
      properties.putObject("gridProperties").put("rowCount", tab.room()).put("columnCount", 26);
    }
    return Answer.json(200, body.toString());
  }

  private static Answer values(String spreadsheet, List<Sheet> tabs, Asked asked) {
    if (!asked.get("valueRenderOption").equals("UNFORMATTED_VALUE")
        || !asked.get("dateTimeRenderOption").equals("SERIAL_NUMBER")) {
      return error(400, "INVALID_ARGUMENT", "the sandbox serves unformatted values only");
    }
    ObjectNode body = JSON.createObjectNode().put("spreadsheetId", spreadsheet);
    ArrayNode ranges = body.putArray("valueRanges");
    for (String wanted : asked.all("ranges")) {
      Matcher range = RANGE.matcher(wanted);
      String title = range.matches() ? range.group(1).replace("''", "'") : "";
      Sheet tab = tabs.stream().filter(t -> t.title().equals(title)).findFirst().orElse(null);
      if (tab == null || Integer.parseInt(range.group(3)) > tab.room()) {
        return error(400, "INVALID_ARGUMENT", "Unable to parse range: " + wanted);
      }
      ObjectNode answer = ranges.addObject().put("range", wanted).put("majorDimension", "ROWS");
      List<List<Object>> rows =
          tab.rows(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)));
      if (!rows.isEmpty()) {
        answer.set("values", JSON.valueToTree(rows));
      }
    }
    return Answer.json(200, body.toString());
  }

  private static Answer error(int status, String state, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("code", status).put("message", message).put("status", state);
    return Answer.json(status, body.toString());
  }
}
