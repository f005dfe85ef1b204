package ltv.lake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;

/**
 * The tables of a lake as they are, for whoever asks about datasets of other jobs: no specification
 * is needed, since each table has its columns and its partition column.
 */
public final class LakeTables {
  private final LakeJdbcCatalog catalog;
  private final Ledger ledger;
  private final Storage warehouse;
  private final Map<String, TableIdentifier> byName = new TreeMap<>();

  LakeTables(LakeJdbcCatalog catalog, Ledger ledger, Storage warehouse) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.warehouse = warehouse;
    for (Namespace namespace : catalog.listNamespaces()) {
      catalog.listTables(namespace).forEach(table -> byName.put(table.name(), table));
    }
  }

  /** Names of all datasets that were ever written. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The table of a dataset; empty when nobody has written it. */
  public Optional<LakeTable> find(String name) {
    return Optional.ofNullable(byName.get(name))
        .map(
            id -> {
              Table table = catalog.loadTable(id);
              return new LakeTable(table, spec(id, table), ledger, warehouse);
            });
  }

  private static TableSpec spec(TableIdentifier id, Table table) {
    List<Column> columns =
        table.schema().columns().stream()
            .map(f -> new Column(f.name(), type(f.type()), "", false, Map.of()))
            .toList();
    Optional<String> partition =
        table.spec().fields().stream()
            .map(f -> table.schema().findColumnName(f.sourceId()))
            .findFirst();
    return new TableSpec(id.namespace().toString(), id.name(), columns, partition);
  }

  private static ColumnType type(Type type) {
    return type instanceof DecimalType decimal
        ? new ColumnType(ColumnType.Kind.DECIMAL, decimal.precision(), decimal.scale())
        : ColumnType.parse(
            type.typeId().name().toLowerCase(java.util.Locale.ROOT).replace("integer", "int"));
  }
}
