package ltv.ingest.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import ltv.ingest.land.LandedPage;
import org.junit.jupiter.api.Test;

/** Pages of every kind, without the rows that name kim or are of customer 7. */
class RowFilterTest {
  private static final Predicate<RowFilter.Row> KIM =
      row -> row.text().contains("kim@x.kr") || row.value("customer_id").equals(Optional.of("7"));

  private static final JsonMapper SHAPES =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private long gone;

  private String without(String raw, String page, Map<String, String> facts, Charset charset)
      throws IOException {
    RawShape shape = RawShape.of(SHAPES.readTree(raw));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    gone =
        new RowFilter(shape, KIM)
            .copy(
                new LandedPage("page", "x", "", "", "", 0, facts),
                new ByteArrayInputStream(page.getBytes(charset)),
                out);
    return out.toString(charset);
  }

  private String without(String raw, String page) throws IOException {
    return without(raw, page, Map.of(), StandardCharsets.UTF_8);
  }

  @Test
  void records_of_csv_go_whole_and_the_others_stay_byte_for_byte() throws IOException {
    String csv =
        "Customer,memo\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n 7 ,x\r\n2,\"mail\r\nkim@x.kr\"\r\n77,7";

    String left =
        without(
            "{format: 'csv', columns: [{name: 'customer_id', from: 'Customer'}, {name: 'memo'}]}",
            csv);

    assertEquals("Customer,memo\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n77,7", left);
    assertEquals(2, gone);
  }

  @Test
  void columns_without_names_are_known_by_their_place() throws IOException {
    String left =
        without(
            "{format: 'tsv', header: 'absent', columns: [{name: 'day'}, {name: 'customer_id'}, {name: 'n'}]}",
            "d\t7\t1\nd\t1\t7\n");

    assertEquals("d\t1\t7\n", left);
  }

  @Test
  void fixed_columns_are_cut_out() throws IOException {
    String left =
        without(
            "{format: 'fixed', columns: [{name: 'customer_id', start: 3, length: 4}]}",
            "AA7   7\nAA17  7\nAA\n");

    assertEquals("AA17  7\nAA\n", left);
  }

  @Test
  void lines_of_json_are_judged_with_their_escapes_read() throws IOException {
    String lines =
        """
        {"customer_id":"1","m":"kim\\u0040x.kr"}
        {"customer_id":7}
        {"customer_id":"17","m":1.10}
        {"customer_id":"2","torn":"
        """;

    String left = without("{format: 'ndjson', columns: [{name: 'customer_id'}]}", lines);

    assertEquals("{\"customer_id\":\"17\",\"m\":1.10}\n{\"customer_id\":\"2\",\"torn\":\"\n", left);
  }

  @Test
  void rows_of_json_lie_where_the_shape_says_and_numbers_stay_as_written() throws IOException {
    String left =
        without(
            "{format: 'json', rows: 'data.rows', columns: [{name: 'customer_id', from: 'who.id'}]}",
            "{\"data\":{\"rows\":[{\"who\":{\"id\":\"7\"}},{\"n\":1.10},{\"m\":{\"to\":[\"kim@x.kr\"]}},{\"n\":12345678901234567890}]},\"next\":null}");

    assertEquals(
        "{\"data\":{\"rows\":[{\"n\":1.10},{\"n\":12345678901234567890}]},\"next\":null}", left);
  }

  @Test
  void of_an_array_of_objects_each_has_rows() throws IOException {
    String left =
        without(
            "{format: 'json_array', rows: 'results', columns: [{name: 'a'}]}",
            "[{\"results\":[{\"a\":\"kim@x.kr\"},{\"a\":1}]},{\"fieldMask\":\"a\"},{\"results\":[{\"a\":\"kim@x.kr\"}]}]");

    assertEquals("[{\"results\":[{\"a\":1}]},{\"fieldMask\":\"a\"},{\"results\":[]}]", left);
  }

  @Test
  void a_row_of_a_sheet_is_emptied_so_that_the_others_keep_their_numbers() throws IOException {
    String left =
        without(
            "{format: 'sheet', columns: [{name: 'a'}]}",
            "{\"valueRanges\":[{\"values\":[[\"a\",\"b\"]]},{\"values\":[[\"1\"],[\"x\",\"kim@x.kr\"],[\"2\"]]}]}");

    assertEquals(
        "{\"valueRanges\":[{\"values\":[[\"a\",\"b\"]]},{\"values\":[[\"1\"],[],[\"2\"]]}]}", left);
  }

  @Test
  void a_text_is_read_in_its_charset_and_written_as_it_was() throws IOException {
    Charset korean = Charset.forName("MS949");
    String page = "고객,메모\n7,김\n8,뷁\n";

    String left =
        without(
            "{format: 'csv', columns: [{name: 'customer_id', from: '고객'}]}",
            page,
            Map.of(LandedPage.CHARSET, "MS949"),
            korean);

    assertEquals("고객,메모\n8,뷁\n", left);
  }

  @Test
  void each_page_may_say_its_own_kind() throws IOException {
    String left =
        without(
            "{format: 'declared', columns: [{name: 'customer_id'}]}",
            "customer_id\n7\n8\n",
            Map.of(LandedPage.SHAPE, "CSV"),
            StandardCharsets.UTF_8);

    assertEquals("customer_id\n8\n", left);
  }
}
