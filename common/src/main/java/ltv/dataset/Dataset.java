package ltv.dataset;

import ltv.lake.TableSpec;

/**
 * One dataset folder.
 *
 * @param job the job that writes it, which is also the table's namespace
 * @param name the folder's name
 * @param schema its {@code schema.yml}
 * @param query its {@code query.sql}; empty for a dataset of another job, of which only the schema
 *     is known
 */
public record Dataset(String job, String name, DatasetSchema schema, String query) {
  /** The table that holds it. */
  public TableSpec table() {
    return new TableSpec(job, name, schema.columns(), schema.partitionColumn());
  }

  /** Whether this dataset holds what a source sent, and has no dataset as input. */
  public boolean isSource() {
    return name.startsWith("src_");
  }
}
