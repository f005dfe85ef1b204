package ltv.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ltv.gate.Usual;
import ltv.lake.Column;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * A dataset's {@code schema.yml}.
 *
 * @param grain one sentence: one row per what
 * @param description by language
 * @param partition the date column whose day a run replaces; null for a dateless dataset
 * @param asOf whether a partition is a snapshot of everything known on its day
 * @param onRequest whether a site has it only where its channel's {@code reports} name it; src
 *     datasets only
 * @param snapshot whether a partition holds what was there when it was read: of a range of days
 *     only the last is read, since the past cannot be; src datasets only
 * @param streamed whether the rows are many and the file has them in the query's order, which is
 *     good enough; DuckDB only, since Spark keeps none
 * @param standing whether it is built on every day, also on one that none of its optional inputs
 *     has: what holds by default needs no list
 * @param computedBy the {@link Computation} whose rows the query reads; null for none
 * @param restated what a later version of a day is compared by; src datasets only, null for none
 * @param key columns that identify a row; also the order of the rows in the file, unless clustered
 * @param clusteredBy the column whose equal values lie together in the file, in no order, for
 *     tables of a day's events: sorted by a number they cost a third of sorted by texts, and the
 *     file is half as large; null for none
 * @param inPartsOf the input whose number of rows says in how many parts of ids the query runs, one
 *     after another (the query says {@code in_part(id)}); null for one that runs once
 * @param inputs by dataset name, in the order written
 * @param parameters names of the site's parameters that the query reads
 * @param columns in the order of the query's result
 * @param checks rules for the rows
 * @param usual what a day is compared with the days before by, and held when it is unlike them;
 *     null for none
 * @param publish where and how BI tools see it; marts only
 * @param raw how ingest reads the source's own shape; src datasets only
 * @param trace where its numbers come from
 */
public record DatasetSchema(
    String grain,
    Map<String, String> description,
    String partition,
    @JsonProperty("as_of") boolean asOf,
    @JsonProperty("on_request") boolean onRequest,
    boolean snapshot,
    boolean streamed,
    boolean standing,
    @JsonProperty("computed_by") String computedBy,
    Restated restated,
    List<String> key,
    @JsonProperty("clustered_by") String clusteredBy,
    @JsonProperty("in_parts_of") String inPartsOf,
    Map<String, DatasetInput> inputs,
    List<String> parameters,
    List<Column> columns,
    List<Check> checks,
    Usual usual,
    JsonNode publish,
    JsonNode raw,
    Trace trace) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public DatasetSchema {
    description = description == null ? Map.of() : Map.copyOf(description);
    key = key == null ? List.of() : List.copyOf(key);
    inputs = inputs == null ? Map.of() : new LinkedHashMap<>(inputs);
    parameters = parameters == null ? List.of() : List.copyOf(parameters);
    checks = checks == null ? List.of() : List.copyOf(checks);
    trace = trace == null ? Trace.nothing() : trace;
    if (grain == null || columns == null || columns.isEmpty()) {
      throw new IllegalArgumentException("grain and columns are owed by every schema");
    }
    columns = List.copyOf(columns);
    List<String> names = columns.stream().map(Column::name).toList();
    if (snapshot && raw == null) {
      throw new IllegalArgumentException("snapshot is for source datasets, which have raw");
    }
    if (partition != null && !names.contains(partition)) {
      throw new IllegalArgumentException("partition " + partition + " is not a column");
    }
    if (clusteredBy != null && (!names.contains(clusteredBy) || key.isEmpty())) {
      throw new IllegalArgumentException(
          "clustered_by " + clusteredBy + " is not a column, or there is no key");
    }
    if (inPartsOf != null && !inputs.containsKey(inPartsOf)) {
      throw new IllegalArgumentException("in_parts_of " + inPartsOf + " is not an input");
    }
    if (usual != null && (partition == null || !names.containsAll(usual.columns()))) {
      throw new IllegalArgumentException(
          "usual is for datasets with days, and of columns: one of "
              + usual.columns()
              + " is none");
    }
    for (Trace.Sum sum : trace.sums()) {
      if (!inputs.containsKey(sum.input())) {
        throw new IllegalArgumentException(
            "trace sums over " + sum.input() + ", which is no input");
      }
    }
    if (!names.containsAll(key)) {
      throw new IllegalArgumentException("key " + key + " names something that is not a column");
    }
  }

  /**
   * Sums that are noted with each version of a partition, beside the number of rows.
   *
   * @param by the column of the account
   * @param sums columns of numbers that may be summed
   */
  public record Restated(String by, List<String> sums) {
    public Restated {
      sums = List.copyOf(sums);
    }
  }

  /** Whether a day of it may be too large to hold: of events, as a rule. */
  boolean isLarge() {
    return streamed || clusteredBy != null;
  }

  /** The partition column, empty for a dataset that is replaced as a whole. */
  public Optional<String> partitionColumn() {
    return Optional.ofNullable(partition);
  }

  /**
   * Reads a schema.
   *
   * @param where named in the message when it cannot be read
   */
  static DatasetSchema parse(String yaml, String where) {
    try {
      return YAML.readValue(yaml, DatasetSchema.class);
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFIGURATION, where + " is not a dataset schema: " + e.getMessage(), e);
    }
  }
}
