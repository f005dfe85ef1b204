package ltv.ingest.type;

import com.fasterxml.jackson.annotation.JsonProperty;
import ltv.config.Problems;

/**
 * One column of a source's own shape.
 *
 * @param name as the typing query knows it
 * @param from the header or field that holds it, of json a field inside a field with a point
 *     between them, and of an array {@code name[0]}; the name itself when nothing is said
 * @param required whether a file without it is refused
 * @param start first character of the column in a file of fixed columns, from 1
 * @param length characters of it
 * @param dateFormat how the text writes a date, as DuckDB's {@code strptime}; ISO when nothing is
 *     said
 * @param value a constant instead of something read
 */
public record RawColumn(
    String name,
    String from,
    boolean required,
    Integer start,
    Integer length,
    @JsonProperty("date_format") String dateFormat,
    String value) {
  public RawColumn {
    new Problems()
        .require("name", name)
        .check(start == null || start > 0, "start", "counts characters from 1")
        .check((start == null) == (length == null), "start", "and length go together")
        .throwIfAny();
    from = from == null ? name : from;
  }

  RawColumn requiredAs(boolean other) {
    return new RawColumn(name, from, other, start, length, dateFormat, value);
  }
}
