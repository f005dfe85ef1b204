package ltv.calculate.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.calculate.report.DataStatus.Mart;
import ltv.calculate.report.words.Text;
import ltv.config.EngineSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.engine.ResultColumn;

/** Marts of a made-up shop in a session, and the page that is made of them. */
public final class ExploreWorld implements AutoCloseable {
  public static final LocalDate AS_OF = LocalDate.of(2026, 11, 15);

  final DuckDb engine;
  final DuckDbSession session;

  public ExploreWorld(Path folder, int campaigns, int weeks, int channels, int countries)
      throws IOException {
    engine = new DuckDb(new EngineSettings(2, "700MB"), folder.resolve("scratch"));
    session = engine.open();
    session.define("as_of", AS_OF);
    session.define("campaigns", String.valueOf(campaigns));
    session.define("weeks", String.valueOf(weeks));
    session.define("channels", String.valueOf(channels));
    session.define("countries", String.valueOf(countries));
    try (InputStream in = ExploreWorld.class.getResourceAsStream("world.sql")) {
      session.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  String page(String language) {
    return Explorer.page(
        session,
        "shop",
        AS_OF,
        List.of(new Mart("mart_roas_cohort", "run-1", "3-1")),
        new Text(language, "KRW", ZoneId.of("Asia/Seoul")));
  }

  /** What the page's script reads. */
  public static JsonNode data(String page) throws IOException {
    String begin = "<script type=\"application/json\" id=\"data-of-page\">";
    int start = page.indexOf(begin) + begin.length();
    return new ObjectMapper()
        .readTree(page.substring(start, page.indexOf("</script>", start)))
        .get("data");
  }

  static int rows(JsonNode data) {
    return data.get("cohorts").get("observed").size()
        + data.get("segments").get("observed").size()
        + data.get("sums").get("value").size();
  }

  /** The sum of what groups have one of each. */
  public static double all(JsonNode data, String groups, String column) {
    double sum = 0;
    for (JsonNode value : data.get(groups).get(column)) {
      sum += value.asDouble();
    }
    return sum;
  }

  /** The sum over what has the age at a place, as the page has it. */
  static double sum(JsonNode data, String groups, String column, int age) {
    JsonNode values = data.get(groups).get(column);
    int ages = data.get("ages").size();
    double sum = 0;
    for (int i = age; i < values.size(); i += ages) {
      sum += values.get(i).asDouble();
    }
    return sum;
  }

  /** The rows of a mart by the names of its columns. */
  public List<Map<String, String>> rows(String mart) {
    List<String> names =
        session.bind("told", "select * from " + mart).stream().map(ResultColumn::name).toList();
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<Object> values : session.rows("select * from told")) {
      Map<String, String> row = new TreeMap<>();
      for (int i = 0; i < names.size(); i++) {
        row.put(names.get(i), values.get(i) == null ? null : values.get(i).toString());
      }
      rows.add(row);
    }
    return rows;
  }

  public double number(String query) {
    return ((Number) session.rows(query).get(0).get(0)).doubleValue();
  }

  @Override
  public void close() {
    session.close();
    engine.close();
  }
}
