package ltv.ingest.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.type.RawShape.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetPageTest {
  private static final List<RawColumn> COLUMNS =
      List.of(
          column("day", true, List.of("날짜")),
          column("campaign_id", true, List.of("캠페인 ID")),
          column("cost", false, List.of("광고비")));

  @TempDir private Path folder;

  private static RawColumn column(String name, boolean required, List<String> also) {
    return new RawColumn(name, null, also, required, null, null, null, null, false, null);
  }

  @Test
  void columns_are_found_by_name_whatever_their_order_case_and_language() throws IOException {
    List<String> expected = List.of("1 46095 c1 76530 - -", "2 46096 c2 1200.5 - -");

    assertEquals(
        expected,
        rows("[\"day\",\"campaign_id\",\"cost\"]", "[[46095,\"c1\",76530],[46096,\"c2\",1200.5]]"));
    assertEquals(
        expected,
        rows("[\" 광고비 \",\"캠페인  id\",\"DAY\"]", "[[76530,\"c1\",46095],[1200.5,\"c2\",46096]]"));
  }

  @Test
  void short_rows_are_filled_empty_ones_count_and_what_nobody_declared_is_kept()
      throws IOException {
    assertEquals(
        List.of("1 46095 - - - -", "3 46096 c2 - {\"memo\":\"x\",\"column_4\":\"y\"} -"),
        rows(
                "[\"day\",\"campaign_id\",\"memo\",\"\"]",
                "[[46095],[],[46096,\"c2\",\"x\",\"y\"],[\"\",\"\"]]")
            .stream()
            .map(row -> row.replace("{\"memo\":null,\"column 4\":null}", "-"))
            .map(row -> row.replace("column 4", "column_4"))
            .toList());
  }

  @Test
  void a_formula_that_failed_refuses_its_row_in_a_declared_column_only() throws IOException {
    List<String> rows =
        rows(
            "[\"day\",\"campaign_id\",\"memo\"]",
            "[[46095,\"#N/A\"],[46096,\"c2\",\"#REF!\"],[46097,\"#hash\"]]");

    assertTrue(rows.get(0).endsWith("[46095,\"#N/A\"]"), rows.get(0));
    assertTrue(rows.get(1).endsWith(" -") && rows.get(2).endsWith(" -"), rows.toString());
  }

  @Test
  void a_sheet_without_rows_has_none() throws IOException {
    assertEquals(List.of(), rows("[\"day\",\"campaign_id\"]", null));
  }

  @Test
  void a_header_that_lost_or_doubled_a_column_refuses_the_sheet() {
    assertRefused("[\"tag\",\"campaign_id\"]", "lacks the required column day or 날짜");
    assertRefused("[\"day\",\"campaign_id\",\"day\"]", "has the column day twice");
    assertRefused("[\"day\",\"campaign_id\",\"캠페인ID\"]", "more than one column campaign_id");
    assertRefused("[]", "lacks the required column");
  }

  private void assertRefused(String header, String complaint) {
    ChannelException e = assertThrows(ChannelException.class, () -> rows(header, "[]"));
    assertEquals(Kind.BAD_FILE, e.kind());
    assertTrue(e.getMessage().contains(complaint), e.getMessage());
  }

  @Test
  void a_site_may_have_names_of_its_own() throws IOException {
    RawShape shape =
        new RawShape(Format.SHEET, null, null, null, COLUMNS, null)
            .headed(Map.of("campaign_id", "Kampagne"));

    assertEquals(
        List.of("1 46095 c1 - - -"), rows(shape, "[\"Day\",\"Kampagne\"]", "[[46095,\"c1\"]]"));
    assertThrows(
        ChannelException.class,
        () -> rows(shape, "[\"day\",\"campaign_id\"]", "[]"),
        "the usual name holds no more");
  }

  private List<String> rows(String header, String values) throws IOException {
    return rows(new RawShape(Format.SHEET, null, null, null, COLUMNS, null), header, values);
  }

  private List<String> rows(RawShape shape, String header, String values) throws IOException {
    String json =
        "{\"valueRanges\": [{\"values\": [%s]}, {\"majorDimension\": \"ROWS\"%s}]}"
            .formatted(header, values == null ? "" : ", \"values\": " + values);
    Path page = folder.resolve("page.json.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(page))) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    try (DuckDbSession session = DuckDbCases.open()) {
      PageReader reader = PageReader.of(shape, session, page, json.length() * 3L, "the sheet");
      String columns =
          shape.columns().stream().map(reader::column).collect(Collectors.joining(", "));
      return session
          .rows(
              "select n, %s, extra, error from (%s) as page order by n"
                  .formatted(columns, reader.rows()))
          .stream()
          .map(row -> row.stream().map(v -> v == null ? "-" : "" + v))
          .map(row -> row.collect(Collectors.joining(" ")))
          .toList();
    }
  }
}
