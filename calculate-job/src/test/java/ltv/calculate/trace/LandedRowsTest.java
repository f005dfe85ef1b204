package ltv.calculate.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import ltv.config.S3Settings;
import ltv.dataset.DatasetWords.Pages;
import ltv.lake.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandedRowsTest {
  @TempDir private Path folder;

  @Test
  void a_record_of_a_delimited_text_may_have_line_breaks_and_is_numbered_below_the_header()
      throws IOException {
    String page = "\uFEFFname,text\r\na,\"one\ntwo\"\r\n\r\nb,\"say \"\"no\"\"\"\r\nc,last";

    assertEquals(
        Map.of(1L, "a,\"one\ntwo\"", 2L, "b,\"say \"\"no\"\"\"", 3L, "c,last"),
        read("p.csv.gz", page, new Pages("csv", null, null), false, 1, 2, 3, 4));
  }

  @Test
  void without_a_header_the_first_record_is_one() throws IOException {
    assertEquals(
        Map.of(1L, "a\t1"),
        read("p.tsv.gz", "a\t1\nb\t2\n", new Pages("tsv", null, "absent"), false, 1));
    assertEquals(
        Map.of(2L, "b,2"),
        read("p.csv.gz", "a,1\nb,2\n", new Pages("declared", null, null), true, 2));
  }

  @Test
  void json_has_its_rows_in_the_array_that_the_source_says() throws IOException {
    String page = "{\"data\": {\"row\": [{\"a\": 1.50}, {\"b\": [2]}]}, \"row\": [{\"c\": 3}]}";

    assertEquals(
        Map.of(1L, "{\"a\": 1.50}", 2L, "{\"b\": [2]}"),
        read("p.json.gz", page, new Pages("json", "data.row", null), false, 1, 2, 3));
  }

  @Test
  void objects_in_an_array_are_numbered_on() throws IOException {
    String page = "[{\"results\": [{\"a\": 1}]}, {\"results\": [{\"a\": 2}, {\"a\": 3}]}]";

    assertEquals(
        Map.of(3L, "{\"a\": 3}"),
        read("p.json.gz", page, new Pages("json_array", "results", null), false, 3));
  }

  @Test
  void a_sheet_has_its_header_in_the_first_range_and_its_rows_in_the_second() throws IOException {
    String page =
        "{\"valueRanges\": [{\"values\": [[\"head\"]]}, {\"values\": [[\"a\", 1], [\"b\"]]}]}";

    assertEquals(
        Map.of(1L, "[\"a\", 1]", 2L, "[\"b\"]"),
        read("p.json.gz", page, new Pages("sheet", "valueRanges.values", null), false, 1, 2));
  }

  @Test
  void lines_are_numbered_as_they_stand() throws IOException {
    assertEquals(
        Map.of(2L, "{\"b\":2}"),
        read("p.ndjson.gz", "{\"a\":1}\n{\"b\":2}\n", new Pages("ndjson", null, null), false, 2));
  }

  @Test
  void a_page_is_read_in_the_charset_that_its_manifest_says() throws IOException {
    write("p.csv.gz", "이름\n가나\n", Charset.forName("MS949"));
    Files.writeString(
        folder.resolve("landing/_request.json"),
        "{\"pages\": [{\"file\": \"p.csv.gz\", \"facts\": {\"charset\": \"MS949\"}}]}");

    assertEquals(Map.of(1L, "가나"), rows("p.csv.gz", new Pages("csv", null, null), false, 1));
  }

  private Map<Long, String> read(
      String file, String text, Pages pages, boolean headerless, long... numbers)
      throws IOException {
    write(file, text, StandardCharsets.UTF_8);
    return rows(file, pages, headerless, numbers);
  }

  private void write(String file, String text, Charset charset) throws IOException {
    Path page = folder.resolve("landing").resolve(file);
    Files.createDirectories(page.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(page))) {
      out.write(text.getBytes(charset));
    }
  }

  private Map<Long, String> rows(String file, Pages pages, boolean headerless, long... numbers)
      throws IOException {
    try (Storage storage =
        Storage.at(
            folder.resolve("landing").toString(),
            new S3Settings(null, null, null, null, null, null),
            folder.resolve("scratch"))) {
      TreeSet<Long> wanted = new TreeSet<>();
      List.of(numbers).forEach(all -> java.util.Arrays.stream(all).forEach(wanted::add));
      return new LandedRows(storage, file, Optional.of(pages), headerless).read(wanted);
    }
  }
}
