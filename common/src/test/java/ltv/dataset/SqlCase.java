package ltv.dataset;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.lake.Column;

/**
 * One folder {@code test/<case>}: a sentence, a date, parameters, given rows per input, and the
 * rows that the query must return.
 */
record SqlCase(
    Path folder,
    LocalDate runDate,
    Map<String, String> parameters,
    Map<String, Csv> given,
    Csv expect) {

  /** A CSV file's header and rows; an empty unquoted cell is null. */
  record Csv(List<String> header, List<List<String>> rows) {

    /** The rows in the order of {@code columns}; a column the file does not name is null. */
    List<List<String>> as(List<Column> columns) {
      return rows.stream()
          .map(
              row ->
                  columns.stream()
                      .map(c -> header.indexOf(c.name()))
                      .map(i -> i < 0 ? null : row.get(i))
                      .collect(Collectors.toList()))
          .toList();
    }
  }

  static SqlCase read(Path folder) throws IOException {
    Map<String, Object> facts =
        new YAMLMapper()
            .readValue(
                folder.resolve("case.yml").toFile(), new TypeReference<Map<String, Object>>() {});
    if (!(facts.get("why") instanceof String)) {
      throw new IllegalStateException(folder + "/case.yml does not say why the case exists");
    }
    Map<String, String> parameters = new TreeMap<>();
    if (facts.get("parameters") instanceof Map<?, ?> map) {
      map.forEach((k, v) -> parameters.put(k.toString(), v.toString()));
    }
    Map<String, Csv> given = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("given"))) {
      for (Path file : files.toList()) {
        given.put(file.getFileName().toString().replace(".csv", ""), csv(file));
      }
    }
    return new SqlCase(
        folder,
        LocalDate.parse(facts.get("run_date").toString()),
        parameters,
        given,
        csv(folder.resolve("expect.csv")));
  }

  private static Csv csv(Path file) throws IOException {
    CsvMapper mapper =
        CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();
    try (var all = mapper.readerForListOf(String.class).<List<String>>readValues(file.toFile())) {
      List<List<String>> rows = all.readAll();
      return new Csv(rows.get(0), rows.subList(1, rows.size()));
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
