package ltv.ingest.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import ltv.ingest.type.JsonLines.Care;
import ltv.ingest.type.RawShape.Format;
import ltv.run.JobException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonLinesTest {
  @TempDir private Path folder;

  private static RawColumn column(String name, String from, List<String> also) {
    return new RawColumn(name, from, also, false, null, null, null, null, false, null);
  }

  private List<String> rows(Care care, String text) throws IOException {
    List<RawColumn> columns =
        List.of(
            column("event", "event", null),
            column("price", "properties.price", List.of("properties.$price")),
            column("who", "properties.Who", null),
            new RawColumn(
                "rest",
                "properties",
                null,
                false,
                null,
                null,
                null,
                null,
                false,
                List.of("$name")));
    RawShape shape = new RawShape(Format.NDJSON, null, null, null, columns, null);
    Path page = Files.writeString(folder.resolve("page.ndjson"), text);
    JsonLines lines = new JsonLines(shape, "'" + page + "'", care);
    try (DuckDbSession session = DuckDbCases.open()) {
      List<String> values = new ArrayList<>(columns.stream().map(lines::column).toList());
      values.add("error");
      String row =
          values.stream()
              .map(v -> "coalesce(" + v + ", '-')")
              .collect(Collectors.joining(" || ' ' || "));
      return session
          .rows("select n || ' ' || " + row + " from (" + lines.rows() + ") order by n")
          .stream()
          .map(r -> String.valueOf(r.get(0)))
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void each_value_is_its_text_whatever_its_type_and_the_rest_stays_as_it_was(Care care)
      throws IOException {
    assertEquals(
        List.of(
            "1 buy 39900 - {\"a\":{\"b\":[1,{\"c\":null}]},\"x\":1.5} -",
            "2 buy 39,900원 - {} -",
            "3 buy {\"won\":1} [1,2] {\"who\":\"small\"} -",
            "4 view 7 - {\"é\":true} -",
            "5 view - - - -"),
        rows(
            care,
            """
            {"event":"buy","properties":{"price":39900,"a":{"b":[1,{"c":null}]},"x":1.5,"$name":"Kim"}}
            {"event":"buy","properties":{"price":"39,900원"}}
            {"event":"buy","properties":{"price":{"won":1},"Who":[1,2],"who":"small"}}
            {"event":"view","properties":{"$price":7,"é":true},"more":1}
            {"event":"view"}
            """));
  }

  @ParameterizedTest
  @EnumSource
  void only_a_line_feed_ends_a_line(Care care) throws IOException {
    assertEquals(
        List.of("1 a\u2028b - - {\"t\":\"x\u2029y\u0085z\"} -", "2 c - - {} -"),
        rows(
            care,
            "{\"event\":\"a\u2028b\",\"properties\":{\"t\":\"x\u2029y\u0085z\"}}\r\n"
                + "{\"event\":\"c\",\"properties\":{}}"));
  }

  private static final String TORN =
      """
      {"event":"a","properties":{"price":1}}
      {"event":"b","proper
      ties":{"price":2}}
      {"event":"c","pro
      perties":{"pri
      ce":3}}
      not an object
      {"event":"d","properties":{"price":4}}
      {"event":"e",
      """;

  @Test
  void a_line_that_was_torn_is_joined_and_one_that_is_none_is_told() throws IOException {
    assertEquals(
        List.of(
            "1 a 1 - {} -",
            "2 b 2 - {} -",
            "4 c 3 - {} -",
            "7 - - - - not an object",
            "8 d 4 - {} -",
            "9 - - - - {\"event\":\"e\","),
        rows(Care.LINE_BY_LINE, TORN));
  }

  @Test
  void read_strictly_such_a_page_is_refused() {
    assertThrows(JobException.class, () -> rows(Care.STRICT, TORN));
  }
}
