package ltv.ingest.type;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;
import ltv.config.Problems;

/**
 * One column of a source's own shape.
 *
 * @param name as the typing query knows it
 * @param from the header or field that holds it, of json a field inside a field with a point
 *     between them, and of an array {@code name[0]}; the name itself when nothing is said
 * @param also other headers by which the column is known
 * @param required whether a file without it is refused
 * @param start first character of the column in a file of fixed columns, from 1
 * @param length characters of it
 * @param dateFormat how the text writes a date, as DuckDB's {@code strptime}; ISO when nothing is
 *     said
 * @param value a constant instead of something read
 * @param page whether a json page has it beside its rows, for all of them
 * @param without of a json object: what no other column reads of it, as JSON text, without these
 *     fields either
 */
public record RawColumn(
    String name,
    String from,
    List<String> also,
    boolean required,
    Integer start,
    Integer length,
    @JsonProperty("date_format") String dateFormat,
    String value,
    boolean page,
    List<String> without) {
  public RawColumn {
    new Problems()
        .require("name", name)
        .check(start == null || start > 0, "start", "counts characters from 1")
        .check((start == null) == (length == null), "start", "and length go together")
        .throwIfAny();
    from = from == null ? name : from;
    also = also == null ? List.of() : List.copyOf(also);
    without = without == null ? null : List.copyOf(without);
  }

  /** Whether it is what is left of an object. */
  boolean isRest() {
    return without != null;
  }

  /** The headers by which the column is known, the usual one first. */
  List<String> names() {
    return Stream.concat(Stream.of(from), also.stream()).toList();
  }

  /** The same column of a page that calls it something else. */
  RawColumn called(String header) {
    return new RawColumn(
        name, header, List.of(), required, start, length, dateFormat, value, page, without);
  }

  RawColumn requiredAs(boolean other) {
    return new RawColumn(name, from, also, other, start, length, dateFormat, value, page, without);
  }
}
