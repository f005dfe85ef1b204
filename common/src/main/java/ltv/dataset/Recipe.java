package ltv.dataset;

import java.util.Map;
import ltv.engine.ContentHash;
import ltv.engine.DuckDb;
import ltv.lake.Column;
import ltv.lake.Fingerprint;

/**
 * Everything besides its inputs that decides a dataset's rows, as one hash: query, columns, checks,
 * the parameters' values, what computes, the dialect (DuckDB's major version and the common
 * functions called). Words for readers are left out, and so are the version of the code, since a
 * deploy must not make everything stale, and the engine that ran it, since every engine must give
 * DuckDB's rows.
 */
public final class Recipe {
  private Recipe() {}

  /** The hash for {@code parameters}, which holds at least those that the schema names. */
  public static String of(Dataset dataset, Map<String, String> parameters) {
    DatasetSchema schema = dataset.schema();
    String statements =
        dataset.query()
            + dataset.settling().map(Settling::toString).orElse("")
            + schema.checks().stream().map(Check::mute).toList();
    Fingerprint hash =
        Fingerprint.start()
            .add(DuckDb.VERSION)
            .add(DuckDb.functionsOf(statements))
            .add(statements)
            .add(schema.partition() + " " + schema.key() + " " + schema.asOf())
            .add(schema.inputs().toString())
            .add(String.valueOf(schema.raw()));
    dataset.computation().ifPresent(c -> hash.add(c.name() + " " + c.version()));
    if (dataset.isSource() && schema.streamed()) {
      hash.add(ContentHash.ROW_HASH);
    }
    for (Column column : schema.columns()) {
      hash.add(column.name() + " " + column.type() + " " + column.evidence());
    }
    schema.parameters().forEach(name -> hash.add(name + "=" + parameters.get(name)));
    return hash.hex();
  }
}
