package ltv.lake;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What a table must look like.
 *
 * @param namespace the job that writes it
 * @param name the dataset's name, lower case: MariaDB's catalog would not tell cases apart
 * @param columns in order
 * @param partitionColumn a date column; empty for a table replaced as a whole
 * @param words what it says of itself, as a text; empty for nothing
 */
public record TableSpec(
    String namespace,
    String name,
    List<Column> columns,
    Optional<String> partitionColumn,
    Supplier<String> words) {
  public TableSpec {
    columns = List.copyOf(columns);
  }

  /** One that says nothing of itself. */
  public TableSpec(
      String namespace, String name, List<Column> columns, Optional<String> partitionColumn) {
    this(namespace, name, columns, partitionColumn, () -> "");
  }

  TableIdentifier identifier() {
    return TableIdentifier.of(namespace, name);
  }

  /** Field ids are placeholders: {@code createTable} numbers them anew. */
  Schema schema() {
    List<NestedField> fields =
        columns.stream()
            .map(
                c ->
                    NestedField.optional(c.name())
                        .withId(columns.indexOf(c) + 1)
                        .ofType(c.type().iceberg())
                        .withDoc(c.description().getOrDefault("en", c.name()))
                        .build())
            .toList();
    return new Schema(fields);
  }

  PartitionSpec partitioning(Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    partitionColumn.ifPresent(spec::identity);
    return spec.build();
  }
}
