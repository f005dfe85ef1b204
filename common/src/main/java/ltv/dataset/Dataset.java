package ltv.dataset;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import ltv.engine.ResultColumn;
import ltv.engine.Session;
import ltv.lake.TableSpec;

/**
 * One dataset folder. Its schema is read when it is first asked for: a run needs few of the many
 * that a job is packed with.
 */
public final class Dataset {
  /** Three windows over so many rows fit into half a gigabyte. */
  private static final long ROWS_AT_ONCE = 1_000_000;

  private final String job;
  private final String name;
  private final String yaml;
  private final String query;
  private final Optional<Settling> settling;
  private final SortedMap<String, String> views;
  private DatasetSchema schema;

  /** A folder of these files' texts. */
  Dataset(
      String job,
      String name,
      String yaml,
      String query,
      Optional<Settling> settling,
      SortedMap<String, String> views) {
    this.job = job;
    this.name = name;
    this.yaml = yaml;
    this.query = query;
    this.settling = settling;
    this.views = views;
  }

  /** The job that writes it, which is also the table's namespace. */
  public String job() {
    return job;
  }

  /** The folder's name. */
  public String name() {
    return name;
  }

  /**
   * Its {@code schema.yml}.
   *
   * @throws ltv.run.JobException with exit 78 when the file is none
   */
  public synchronized DatasetSchema schema() {
    if (schema == null) {
      schema = DatasetSchema.parse(yaml, String.join("/", job, name, "schema.yml"));
    }
    return schema;
  }

  /**
   * Its {@code query.sql}; empty for a dataset of another job, of which only the schema is known.
   */
  public String query() {
    return query;
  }

  /** What is repeated before the query runs; empty for most. */
  public Optional<Settling> settling() {
    return settling;
  }

  /** What makes rows before the query runs; empty for most. */
  public Optional<Computation> computation() {
    return Optional.ofNullable(schema().computedBy()).map(Computation::of);
  }

  /** Views over a mart that its readers get with it, by name: what {@code views/} has. */
  public SortedMap<String, String> views() {
    return Collections.unmodifiableSortedMap(views);
  }

  /** The same dataset, built by another query. */
  public Dataset builtBy(String other) {
    return new Dataset(job, name, yaml, other, settling, views);
  }

  /**
   * Runs the query over what the session holds, and what is repeated or computed before it.
   *
   * @return columns of the result, which the session keeps as {@code result}
   */
  public List<ResultColumn> build(Session session, String result) {
    return build(session, result, ROWS_AT_ONCE);
  }

  /** The same with another number of rows of {@code in_parts_of} that are worked on together. */
  List<ResultColumn> build(Session session, String result, long rowsAtOnce) {
    settling.ifPresent(s -> s.run(session, name));
    computation().ifPresent(c -> session.table("computed", schema().columns(), c.rows(session)));
    return schema().inPartsOf() == null
        ? session.build(result, query)
        : session.buildInParts(result, query, schema().inPartsOf(), rowsAtOnce);
  }

  /** The table that holds it. */
  public TableSpec table() {
    return new TableSpec(
        job,
        name,
        schema().columns(),
        schema().partitionColumn(),
        () -> DatasetWords.of(this).json());
  }

  /** Whether this dataset holds what sources sent, and has no dataset as input. */
  public boolean isSource() {
    return name.startsWith("src_");
  }

  /** Whether a day without it is a gap: restatements, which are of no single source, owe none. */
  public boolean owesDays() {
    return !isSource() || name.contains("__");
  }
}
