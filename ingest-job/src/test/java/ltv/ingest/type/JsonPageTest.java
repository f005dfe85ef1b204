package ltv.ingest.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.type.RawShape.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonPageTest {
  @TempDir private Path folder;

  @Test
  void the_rows_of_every_batch_are_numbered_through_the_page() throws IOException {
    assertEquals(
        List.of("1 a 9007199254740993", "2 b 2", "3 c 3"),
        rows(
            Format.JSON_ARRAY,
            "results",
            """
            [{"results": [{"c": {"id": "a"}, "m": {"n": "9007199254740993"}}, {"c": {"id": "b"}, "m": {"n": "2"}}], "requestId": "x"},
             {"fieldMask": "c.id"}, {"results": []}, {"results": [{"c": {"id": "c"}, "m": {"n": "3"}}]}]""",
            "c.id",
            "m.n"));
  }

  @Test
  void what_is_absent_or_null_is_null_and_every_value_is_its_text() throws IOException {
    assertEquals(
        List.of("1 - -", "2 - -", "3 12.5 9007199254740993", "4 {\"x\":1} [1,2]", "5 null N/A"),
        rows(
            Format.JSON,
            "data",
            """
            {"data": [{}, {"a": null, "b": {"c": null}}, {"a": 12.50, "b": {"c": 9007199254740993}},
              {"a": {"x":1}, "b": {"c": [1,2]}}, {"a": "null", "b": {"c": "N/A"}}], "paging": {}}""",
            "a",
            "b.c"));
  }

  @Test
  void rows_may_lie_deep_in_the_page() throws IOException {
    assertEquals(
        List.of("1 1 x", "2 2 y"),
        rows(
            Format.JSON,
            "data.response.row",
            "{\"data\": {\"response\": {\"row\": [{\"id\": 1, \"of\": [{\"day\": \"x\"}]}, {\"id\": 2, \"of\": [{\"day\": \"y\"}, {}]}]}}, \"error\": null}",
            "id",
            "of[0].day"));
  }

  @Test
  void what_stands_beside_the_rows_is_of_each_of_them() throws IOException {
    List<RawColumn> columns =
        List.of(
            new RawColumn("id", "id", null, false, null, null, null, null, false, null),
            new RawColumn("won", "meta.currency", null, false, null, null, null, null, true, null),
            new RawColumn("lost", "meta.lost", null, false, null, null, null, null, true, null));
    RawShape shape = new RawShape(Format.JSON, null, "rows", null, columns, null);
    Path page = folder.resolve("page.json");
    Files.writeString(
        page,
        "{\"meta\": {\"currency\": \"KRW\", \"lost\": true}, \"rows\": [{\"id\": 1}, {\"id\": 2}]}");
    JsonPage read = new JsonPage(shape, "'" + page + "'", 100, List.of());
    try (DuckDbSession session = DuckDbCases.open()) {
      String values = columns.stream().map(read::column).collect(Collectors.joining(" || ' ' || "));

      assertEquals(
          List.of(List.of("1 KRW true"), List.of("2 KRW true")),
          session.rows("select " + values + " from (" + read.rows() + ") order by n"));
    }
  }

  @Test
  void a_page_whose_array_is_empty_or_missing_has_no_rows() throws IOException {
    assertEquals(List.of(), rows(Format.JSON, "data", "{\"data\": []}", "a"));
    assertEquals(List.of(), rows(Format.JSON, "rows.row", "{\"rows\": {}}", "a"));
    assertEquals(List.of(), rows(Format.JSON_ARRAY, "results", "[]", "a"));
  }

  private static final String DRIFTED =
      """
      {"data": [{"id": 1, "b": {"c": 1}, "of": [{"day": "x"}], "name": {"de": "y"}},
        {"id": 2, "b": {"c": 2, "x": null}, "of": [{"day": "y", "more": 1}, {"day": "z"}], "neu": [1]}]}""";

  private JsonPage page(String required, List<String> ignored) throws IOException {
    Path page = Files.writeString(folder.resolve("page.json"), DRIFTED);
    List<RawColumn> columns =
        List.of(
            new RawColumn("id", "id", null, false, null, null, null, null, false, null),
            new RawColumn("c", "b.c", null, false, null, null, null, null, false, null),
            new RawColumn("day", "of[1].day", null, false, null, null, null, null, false, null),
            new RawColumn("r", required, null, true, null, null, null, null, false, null));
    RawShape shape = new RawShape(Format.JSON, null, "data", null, columns, ignored);
    try (DuckDbSession session = DuckDbCases.open()) {
      return (JsonPage) PageReader.of(shape, session, page, DRIFTED.length() * 3L, "page.json");
    }
  }

  @Test
  void fields_that_nobody_knows_are_new_whatever_their_depth() throws IOException {
    JsonPage page = page("id", List.of("name"));

    assertEquals(List.of("b.x", "of[0].more", "neu[0]"), page.shape().newAmong(page.fields()));
    JsonPage anything = page("id", null);
    assertEquals(
        List.of(), anything.shape().newAmong(anything.fields()), "nobody said what is known");
  }

  @Test
  void rows_without_a_required_field_refuse_the_page_and_say_what_they_have() {
    ChannelException e = assertThrows(ChannelException.class, () -> page("b.renamed", List.of()));

    assertEquals(Kind.BAD_FILE, e.kind());
    assertTrue(e.getMessage().contains("page.json has rows without the required field b.renamed"));
    assertTrue(e.getMessage().contains("its fields are id, b.c, b.x, of[0].day"), e.getMessage());
  }

  private List<String> rows(Format format, String at, String json, String... fields)
      throws IOException {
    Path page = Files.writeString(folder.resolve("page.json"), json);
    List<RawColumn> columns = new ArrayList<>();
    for (String field : fields) {
      columns.add(new RawColumn(field, field, null, false, null, null, null, null, false, null));
    }
    RawShape shape = new RawShape(format, null, at, null, columns, null);
    try (DuckDbSession session = DuckDbCases.open()) {
      PageReader reader = PageReader.of(shape, session, page, json.length() * 3L, "page.json");
      String values = columns.stream().map(reader::column).collect(Collectors.joining(", "));
      return session
          .rows("select n, " + values + " from (" + reader.rows() + ") as page order by n")
          .stream()
          .map(row -> row.stream().map(v -> v == null ? "-" : "" + v))
          .map(row -> row.collect(Collectors.joining(" ")))
          .toList();
    }
  }
}
