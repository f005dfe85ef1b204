package ltv.calculate.bi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import ltv.calculate.catalogue.BiColumn;
import ltv.calculate.catalogue.BiTable;
import ltv.calculate.catalogue.Numbers;

/**
 * The marts as a manifest of dbt: the small part of it that tools read which hand words and
 * meanings on, such as dbt-metabase.
 */
final class DbtManifest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String META = "metabase.";

  private final Place place;
  private final Numbers numbers;

  DbtManifest(Place place, Numbers numbers) {
    this.place = place;
    this.numbers = numbers;
  }

  /** The manifest of these tables. */
  String of(List<BiTable> tables) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest
        .putObject("metadata")
        .put("dbt_schema_version", "https://schemas.getdbt.com/dbt/manifest/v12.json")
        .put("project_name", "ltv");
    ObjectNode nodes = manifest.putObject("nodes");
    manifest.putObject("sources");
    ObjectNode children = manifest.putObject("child_map");
    for (BiTable table : tables) {
      String id = "model.ltv." + table.name();
      nodes.set(id, model(id, table));
      children.putArray(id);
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode model(String id, BiTable table) {
    ObjectNode model = JSON.createObjectNode();
    model.put("resource_type", "model");
    model.put("unique_id", id);
    model.put("name", table.name());
    model.put("alias", table.name());
    model.put("database", place.schema());
    model.put("schema", place.schema());
    model.put("description", table.description());
    model.putObject("config").put("materialized", "table");
    model.putObject("meta").put(META + "display_name", table.label());
    model.putArray("tags");
    ObjectNode columns = model.putObject("columns");
    table.columns().forEach(column -> columns.set(column.name(), column(column)));
    return model;
  }

  private ObjectNode column(BiColumn column) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", column.name());
    node.put("description", column.description());
    node.put("data_type", column.type().toString());
    ObjectNode meta = node.putObject("meta");
    meta.put(META + "display_name", column.label());
    Optional<String> meaning = column.meaning().metabase();
    meaning.ifPresent(type -> meta.put(META + "semantic_type", type));
    switch (column.meaning()) {
      case MONEY ->
          meta.put(META + "number_style", "currency")
              .put(META + "currency", numbers.code())
              .put(META + "decimals", numbers.digits());
      case SHARE -> meta.put(META + "number_style", "percent").put(META + "decimals", 1);
      default -> {
        // its type says how it looks
      }
    }
    return node;
  }
}
