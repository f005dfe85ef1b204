package ltv.dataset;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ltv.lake.Column;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * What a table says of the dataset that it holds, beside its columns: kept with the table, so that
 * any job can tell of the tables of all others, a site's own among them. Words change nothing that
 * is computed and are no part of a recipe.
 *
 * @param job that writes it
 * @param grain one row per what
 * @param description in English
 * @param key columns that identify a row within its partition
 * @param inputs by dataset, how far it reads it
 * @param computedBy the computation that makes its rows; null for none
 * @param trace where its numbers come from
 * @param columns by name what each holds
 * @param raw how a source's pages are cut into rows; null for what is no source
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatasetWords(
    String job,
    String grain,
    String description,
    List<String> key,
    Map<String, Reach> inputs,
    String computedBy,
    Trace trace,
    Map<String, Meaning> columns,
    Pages raw) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public DatasetWords {
    key = key == null ? List.of() : List.copyOf(key);
    inputs = inputs == null ? Map.of() : new LinkedHashMap<>(inputs);
    columns = columns == null ? Map.of() : new LinkedHashMap<>(columns);
    trace = trace == null ? Trace.nothing() : trace;
  }

  /**
   * What a column holds.
   *
   * @param unit what a number counts, or empty
   * @param words in English
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Meaning(String unit, String words) {}

  /**
   * How far an input is read.
   *
   * @param lookback how many earlier days; null for all of them
   * @param lookahead how many later days
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reach(Integer lookback, int lookahead) {
    static Reach of(DatasetInput input) {
      return new Reach(
          input.lookback().isPresent() ? input.lookback().getAsInt() : null, input.lookahead());
    }
  }

  /**
   * How a source's pages are cut.
   *
   * @param format as the dataset's raw section has it
   * @param rows where JSON has its rows
   * @param header whether texts begin with names: present or absent
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Pages(String format, String rows, String header) {}

  /** The words of a dataset. */
  static DatasetWords of(Dataset dataset) {
    DatasetSchema schema = dataset.schema();
    Map<String, Meaning> columns = new LinkedHashMap<>();
    for (Column column : schema.columns()) {
      columns.put(column.name(), new Meaning(column.unit(), column.description().get("en")));
    }
    Map<String, Reach> inputs = new LinkedHashMap<>();
    schema.inputs().forEach((name, input) -> inputs.put(name, Reach.of(input)));
    return new DatasetWords(
        dataset.job(),
        schema.grain(),
        schema.description().get("en"),
        schema.key(),
        inputs,
        schema.computedBy(),
        schema.trace(),
        columns,
        schema.raw() == null
            ? null
            : new Pages(
                schema.raw().path("format").asText(null),
                schema.raw().path("rows").asText(null),
                schema.raw().path("header").asText(null)));
  }

  /** As a table keeps it: the same text for the same words. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Words are plain data", e);
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @param table named when it is something else
   */
  public static DatasetWords parse(String json, String table) {
    try {
      return JSON.readValue(json, DatasetWords.class);
    } catch (JsonProcessingException e) {
      throw new JobException(
          ExitCode.BUG, "What the table " + table + " says of itself cannot be read: " + e, e);
    }
  }
}
