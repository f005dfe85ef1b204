package ltv.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a dataset's numbers come from, so that somebody can walk from one back to what a source
 * sent. Expressions are DuckDB's; in those over an input's row, {@code row.x} is column x of the
 * dataset's own row. Every case of a dataset proves its trace.
 *
 * @param sums numbers that are sums over rows of inputs; where several have the same column they
 *     add up
 * @param converted numbers made of another one of the same row, by which they scale: money, for
 *     example; an expression by column, whose first number is that other one
 * @param formulas numbers made of others of the same row: ratios, for example; an expression by
 *     column
 * @param madeOf for what no expression tells, a model's output for example, the columns of the same
 *     row to look at
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Trace(
    List<Sum> sums,
    Map<String, String> converted,
    Map<String, String> formulas,
    @JsonProperty("made_of") Map<String, List<String>> madeOf) {

  /** Stands for the row itself among the columns of a sum: which rows made it. */
  public static final String ROW = "row";

  public Trace {
    sums = sums == null ? List.of() : List.copyOf(sums);
    converted = converted == null ? Map.of() : new LinkedHashMap<>(converted);
    formulas = formulas == null ? Map.of() : new LinkedHashMap<>(formulas);
    madeOf = madeOf == null ? Map.of() : new LinkedHashMap<>(madeOf);
  }

  /** Of a dataset that says nothing. */
  public static Trace nothing() {
    return new Trace(null, null, null, null);
  }

  /** The sums that make a column. */
  public List<Sum> sumsOf(String column) {
    return sums.stream().filter(s -> s.columns().containsKey(column)).toList();
  }

  /** Below which a column does not go whatever its sums; null for no such bound. */
  public BigDecimal atLeast(String column) {
    return sumsOf(column).stream()
        .map(Sum::atLeast)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Whether anything is said of a column. */
  public boolean tellsOf(String column) {
    return !sumsOf(column).isEmpty()
        || converted.containsKey(column)
        || formulas.containsKey(column)
        || madeOf.containsKey(column);
  }

  /**
   * Columns that are sums over the same rows of an input.
   *
   * @param columns by column what is summed over the input's rows; {@link #ROW} for the row itself.
   *     A list means columns of the same name
   * @param input the dataset that is summed over
   * @param on by expression over the input's row the own column that equals it; a list means
   *     columns of the same name
   * @param when a condition on the own row: others have nothing of this input. Of a row that is in
   *     none of a column's conditions nothing is said
   * @param where a further condition on the input's row
   * @param distinct an expression of which each value counts once; the first row of each
   * @param shared whether the rows that agree in the columns of {@code on} share the sum
   * @param atLeast below which the number does not go whatever the sum; null for no such bound
   * @param withRemoved whether rows with a removed_reason count too
   * @param removed as {@code on}, by which rows that were removed belong to a row; as {@code on}
   *     itself when nothing is said
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Sum(
      @JsonDeserialize(using = Pairs.class) Map<String, String> columns,
      String input,
      @JsonDeserialize(using = Pairs.class) Map<String, String> on,
      String when,
      String where,
      String distinct,
      boolean shared,
      @JsonProperty("at_least") BigDecimal atLeast,
      @JsonProperty("with_removed") boolean withRemoved,
      @JsonDeserialize(using = Pairs.class) Map<String, String> removed) {
    public Sum {
      if (columns == null || columns.isEmpty() || input == null || on == null && where == null) {
        throw new IllegalArgumentException("a traced sum says columns, input, and on or where");
      }
      columns = new LinkedHashMap<>(columns);
      on = on == null ? new LinkedHashMap<>() : new LinkedHashMap<>(on);
      removed = removed == null ? null : new LinkedHashMap<>(removed);
    }

    /** The condition under which a row of the input belongs to {@code row}, removed or not. */
    public String condition() {
      return equal(on) + (where == null ? "" : " and (" + where + ")");
    }

    /** The condition under which a row that was removed has to do with {@code row}. */
    public String removedCondition() {
      return removed == null ? condition() : equal(removed);
    }

    /** Those of some rows of the dataset that may have something of this input. */
    public String of(String rows) {
      return "select * from " + rows + (when == null ? "" : " where " + when);
    }

    private static String equal(Map<String, String> pairs) {
      StringBuilder all = new StringBuilder("true");
      pairs.forEach(
          (theirs, own) ->
              all.append(" and (%s) is not distinct from row.%s".formatted(theirs, own)));
      return all.toString();
    }

    /**
     * A query for the rows of the input that make a column of each of some rows: number of the row
     * as {@code parent}, the input's columns, and what it brings as {@code amount}.
     *
     * @param rows a table of the dataset's rows, numbered by {@code trace__row}
     * @param type of the amount, as DuckDB spells it
     * @param columnsOfInput names of the input's columns: with removed_reason among them it tells
     *     what does not count
     */
    public String query(String rows, String column, String type, List<String> columnsOfInput) {
      boolean telling = columnsOfInput.contains("removed_reason") && !withRemoved;
      String kept = telling ? " and removed_reason is null" : "";
      String query =
          """
          select row.trace__row as trace__parent, part.*
          from (%s) as row, lateral (
            select *, cast(%s as %s) as trace__amount from %s where %s%s) as part"""
              .formatted(of(rows), columns.get(column), type, input, condition(), kept);
      return distinct == null
          ? query
          : """
            select * exclude (trace__nth) from (
              select *, row_number() over (partition by trace__parent, %s order by %s) as trace__nth from (
                %s) where trace__amount <> 0)
            where trace__nth = 1"""
              .formatted(distinct, String.join(", ", columnsOfInput), query);
    }
  }

  /** Names, or pairs of name and expression. */
  static final class Pairs extends JsonDeserializer<Map<String, String>> {
    @Override
    public Map<String, String> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Map<String, String> pairs = new LinkedHashMap<>();
      JsonNode node = parser.readValueAsTree();
      if (node.isArray()) {
        node.forEach(name -> pairs.put(name.asText(), name.asText()));
      } else {
        node.properties().forEach(e -> pairs.put(e.getKey(), e.getValue().asText()));
      }
      return pairs;
    }
  }
}
