package ltv.watch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ltv.lake.AddedFiles;
import ltv.lake.Column;
import ltv.lake.TableSpec;

/**
 * Tables and folders as OpenLineage names datasets: by where their bytes lie, so that other tools
 * that read the same files mean the same thing.
 */
final class LineageTable {
  private final Lineage events;
  private final String namespace;
  private final String warehouse;
  private final String landing;

  /**
   * Names of a site.
   *
   * @param namespace in which tables have their short names
   * @param warehouse folder or {@code s3://bucket/prefix} that they are below
   * @param landing the same of what sources sent
   */
  LineageTable(Lineage events, String namespace, String warehouse, String landing) {
    this.events = events;
    this.namespace = namespace;
    this.warehouse = warehouse;
    this.landing = landing;
  }

  /** What a source sent, by its folder in the landing. */
  void landed(ArrayNode into, String source) {
    source(named(into, landing + "/" + source), landing);
  }

  /** A table at a version, with its columns. */
  ObjectNode table(ArrayNode into, TableSpec spec, String version) {
    // as the catalog places tables
    ObjectNode dataset =
        named(into, "%s/%s/%s".formatted(warehouse, spec.namespace(), spec.name()));
    source(dataset, warehouse);
    events
        .facet(dataset, "facets", "version", "facets/1-0-1/DatasetVersionDatasetFacet")
        .put("datasetVersion", version);
    events
        .facet(dataset, "facets", "symlinks", "facets/1-0-1/SymlinksDatasetFacet")
        .putArray("identifiers")
        .addObject()
        .put("namespace", namespace)
        .put("name", spec.namespace() + "." + spec.name())
        .put("type", "TABLE");
    ArrayNode fields =
        events
            .facet(dataset, "facets", "schema", "facets/1-2-0/SchemaDatasetFacet")
            .putArray("fields");
    for (Column column : spec.columns()) {
      ObjectNode field = fields.addObject();
      field.put("name", column.name()).put("type", column.type().toString());
      if (column.description().containsKey("en")) {
        field.put("description", column.description().get("en"));
      }
    }
    return dataset;
  }

  /** Adds to an output what the run brought to it. */
  void statistics(ObjectNode dataset, AddedFiles added) {
    events
        .facet(
            dataset,
            "outputFacets",
            "outputStatistics",
            "facets/1-0-2/OutputStatisticsOutputDatasetFacet")
        .put("rowCount", added.rows())
        .put("size", added.bytes())
        .put("fileCount", added.files());
    ObjectNode quality =
        events.facet(
            dataset, "facets", "dataQualityMetrics", "facets/1-0-0/DataQualityMetricsDatasetFacet");
    quality.put("rowCount", added.rows()).put("bytes", added.bytes());
    ObjectNode columns = quality.putObject("columnMetrics");
    added
        .nulls()
        .forEach(
            (column, nulls) ->
                columns
                    .putObject(column)
                    .put("nullCount", nulls)
                    .put("count", (double) (added.rows() - nulls)));
  }

  private static ObjectNode named(ArrayNode into, String location) {
    boolean object = location.startsWith("s3://");
    int bucketEnds = object ? (location + "/").indexOf('/', "s3://".length()) : 0;
    return into.addObject()
        .put("namespace", object ? location.substring(0, bucketEnds) : "file")
        .put("name", object ? location.substring(bucketEnds).replaceFirst("^/", "") : location);
  }

  private void source(ObjectNode dataset, String location) {
    events
        .facet(dataset, "facets", "dataSource", "facets/1-0-1/DatasourceDatasetFacet")
        .put("name", dataset.path("namespace").asText())
        .put("uri", location.startsWith("s3://") ? location : "file://" + location);
  }
}
