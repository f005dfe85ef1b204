package ltv.ingest.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ltv.config.Problems;

/**
 * How a page is cut into rows and columns.
 *
 * @param format json, json_array, csv, tsv, sheet, ndjson, fixed, or declared (the site says, or
 *     each page)
 * @param header whether csv and tsv carry names; present unless said otherwise
 * @param rows where the array of rows lies in a json page, or in each object of a json_array: a
 *     field, or fields with points between them
 * @param day the column that says which day a row belongs to, where one file holds many days
 * @param columns what the typing query reads
 * @param ignored fields that the source is known to send and nobody reads; with it, what is neither
 *     is new and is told. Absent: nothing is
 */
public record RawShape(
    Format format,
    Header header,
    String rows,
    String day,
    List<RawColumn> columns,
    List<String> ignored) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

  /** The kinds of page. */
  public enum Format {
    JSON,
    JSON_ARRAY,
    CSV,
    TSV,
    SHEET,
    NDJSON,
    FIXED,
    DECLARED
  }

  /** Whether the first line names the columns. */
  public enum Header {
    PRESENT,
    ABSENT
  }

  public RawShape {
    new Problems().require("format", format).require("columns", columns).throwIfAny();
    header = header == null ? Header.PRESENT : header;
    columns = List.copyOf(columns);
    ignored = ignored == null ? null : List.copyOf(ignored);
  }

  /** Names of the columns that keep what no other column reads. */
  public List<String> rests() {
    return columns.stream().filter(RawColumn::isRest).map(RawColumn::name).toList();
  }

  /**
   * Fields that nobody knows.
   *
   * @param fields names, or paths as {@code from} writes them
   */
  List<String> newAmong(List<String> fields) {
    return ignored == null ? List.of() : fields.stream().filter(f -> !knows(f)).toList();
  }

  /** A field, or what lies inside one that is read or ignored as a whole. */
  private boolean knows(String field) {
    return Stream.concat(columns.stream().flatMap(c -> c.names().stream()), ignored.stream())
        .map(known -> known.replaceAll("\\[\\d+\\]", "[0]"))
        .anyMatch(
            known ->
                field.equals(known)
                    || field.startsWith(known + ".")
                    || field.startsWith(known + "["));
  }

  /** The {@code raw:} section of a source dataset's schema. */
  public static RawShape of(JsonNode raw) {
    try {
      return JSON.treeToValue(raw, RawShape.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The raw section of a packed schema is not readable", e);
    }
  }

  /**
   * This dataset's columns, read as a site's file has them. Columns that the site does not declare
   * are absent and read as null.
   */
  public RawShape declaredBy(RawShape site) {
    List<RawColumn> bound = new ArrayList<>();
    for (RawColumn column : columns) {
      site.columns.stream()
          .filter(c -> c.name().equals(column.name()))
          .map(c -> c.requiredAs(column.required()))
          .forEach(bound::add);
    }
    return new RawShape(site.format, site.header, null, day, bound, List.of());
  }

  /** The same columns in pages of another kind. */
  RawShape readAs(Format other) {
    return new RawShape(other, header, rows, day, columns, ignored);
  }

  /**
   * This dataset's columns in pages that a site heads in its own way.
   *
   * @param headers by column, where the site's differ from the usual ones
   */
  public RawShape headed(Map<String, String> headers) {
    List<RawColumn> bound =
        columns.stream()
            .map(c -> headers.containsKey(c.name()) ? c.called(headers.get(c.name())) : c)
            .toList();
    return new RawShape(format, header, rows, day, bound, ignored);
  }

  /** Names of required columns that {@code site} does not declare. */
  public List<String> missingFrom(RawShape site) {
    return columns.stream()
        .filter(RawColumn::required)
        .map(RawColumn::name)
        .filter(name -> site.columns.stream().noneMatch(c -> c.name().equals(name)))
        .toList();
  }

  /** Names that {@code site} declares and this dataset does not have. */
  public List<String> unknownIn(RawShape site) {
    return unknownAmong(site.columns.stream().map(RawColumn::name).toList());
  }

  /** Those names that no column of this dataset has. */
  public List<String> unknownAmong(Collection<String> names) {
    return names.stream()
        .filter(name -> columns.stream().noneMatch(c -> c.name().equals(name)))
        .toList();
  }
}
