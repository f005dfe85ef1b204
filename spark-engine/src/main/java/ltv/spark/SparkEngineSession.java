package ltv.spark;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.engine.ContentHash;
import ltv.engine.NumberColumns;
import ltv.engine.ResultColumn;
import ltv.engine.Session;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.WrittenRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** A Spark session behind the interface that queries are run through. */
public final class SparkEngineSession implements Session {
  private final SparkSession session;
  private final List<Dataset<Row>> kept = new ArrayList<>();
  private Dataset<Row> built;

  SparkEngineSession(SparkSession session) {
    this.session = session;
  }

  @Override
  public void define(String name, LocalDate value) {
    session.sql(
        "create or replace temporary function "
            + name
            + "() returns date return date '"
            + value
            + "'");
  }

  @Override
  public void define(String name, String value) {
    session.sql(
        "create or replace temporary function "
            + name
            + "() returns string return '"
            + value.replace("\\", "\\\\").replace("'", "\\'")
            + "'");
  }

  /** The texts become a frame of strings, which SQL casts to the declared types. */
  @Override
  public void table(String name, List<Column> columns, List<List<String>> rows) {
    StructType texts =
        new StructType(
            columns.stream()
                .map(c -> DataTypes.createStructField(c.name(), DataTypes.StringType, true))
                .toArray(StructField[]::new));
    List<Row> frame = rows.stream().map(r -> RowFactory.create(r.toArray())).toList();
    session.createDataFrame(frame, texts).createOrReplaceTempView(name + "__texts");
    String casts =
        columns.stream()
            .map(c -> "cast(" + c.name() + " as " + spelled(c) + ") as " + c.name())
            .collect(Collectors.joining(", "));
    session.sql("select " + casts + " from " + name + "__texts").createOrReplaceTempView(name);
  }

  private static String spelled(Column column) {
    return switch (column.type().kind()) {
      case LONG -> "bigint";
      case TIMESTAMP -> "timestamp_ntz";
      default -> column.type().toString();
    };
  }

  @Override
  public void view(String name, String query) {
    session.sql(query).createOrReplaceTempView(name);
  }

  @Override
  public void read(
      String name,
      LakeTable table,
      Pin pin,
      List<Column> columns,
      LocalDate from,
      LocalDate to,
      Reading reading) {
    Optional<Dataset<Row>> read = rows(table, pin, from, to);
    if (read.isEmpty()) {
      table(name, columns, List.of());
      return;
    }
    Dataset<Row> rows = read.get();
    Set<String> there = Set.of(rows.columns());
    Dataset<Row> seen =
        rows.selectExpr(
            columns.stream()
                .map(
                    c ->
                        there.contains(c.name())
                            ? c.name()
                            : "cast(null as " + spelled(c) + ") as " + c.name())
                .toArray(String[]::new));
    if (reading == Reading.COPY) {
      kept.add(seen.persist(StorageLevel.MEMORY_AND_DISK()));
    }
    seen.createOrReplaceTempView(name);
  }

  /** What is published, but of a partition that the pin shows what is held. */
  private Optional<Dataset<Row>> rows(LakeTable table, Pin pin, LocalDate from, LocalDate to) {
    String day = table.spec().partitionColumn().orElse("");
    Optional<Dataset<Row>> published =
        pin.snapshot().map(s -> version(table, pin.snapshotName()).where(bounds(table, from, to)));
    if (pin.shown().isEmpty()) {
      return published;
    }
    String shown = day + " = date '" + pin.shown().get() + "'";
    Dataset<Row> held = version(table, "" + pin.staged().get(pin.shown().get())).where(shown);
    return published
        .map(rows -> rows.where("not " + shown).unionByName(held, true))
        .or(() -> Optional.of(held));
  }

  private Dataset<Row> version(LakeTable table, String snapshotId) {
    return session.read().option("versionAsOf", snapshotId).table(named(table));
  }

  private static String named(LakeTable table) {
    return Lake.CATALOG_NAME + "." + table.spec().namespace() + "." + table.spec().name();
  }

  private static String bounds(LakeTable table, LocalDate from, LocalDate to) {
    String day = table.spec().partitionColumn().orElse("");
    String lower = from == null || day.isEmpty() ? "true" : day + " >= date '" + from + "'";
    String upper = to == null || day.isEmpty() ? "true" : day + " <= date '" + to + "'";
    return lower + " and " + upper;
  }

  @Override
  public ContentHash content(String name, List<Column> columns) {
    String[] meaningful =
        columns.stream().filter(c -> !c.evidence()).map(Column::name).toArray(String[]::new);
    return SparkFailure.told(
        "the content hash of " + name,
        () -> SparkContent.of(session.table(name).selectExpr(meaningful)));
  }

  @Override
  public WrittenRows write(
      String name, LakeTable table, Partition partition, List<String> sortedBy) {
    String into = named(table);
    // the catalog is loaded by the settings of the active session, at the first table that is named
    SparkSession.setActiveSession(session);
    return SparkFailure.told(
        "the write of " + into, () -> new StagedWrite(session, into).write(session.table(name)));
  }

  /** Computed at once and cut off from how: what is repeated would be computed from the start. */
  @Override
  public void keep(String name, String query) {
    SparkFailure.told(query, () -> session.sql(query).localCheckpoint(true))
        .createOrReplaceTempView(name);
  }

  /** The result is kept where it was computed: checks, hash and files are then of the same rows. */
  @Override
  public List<ResultColumn> build(String name, String query) {
    if (built != null) {
      built.unpersist();
    }
    built =
        SparkFailure.told(query, () -> session.sql(query).persist(StorageLevel.MEMORY_AND_DISK()));
    built.createOrReplaceTempView(name);
    return Stream.of(built.schema().fields())
        .map(f -> new ResultColumn(f.name(), spelled(f)))
        .toList();
  }

  /** In one part, since what does not fit into memory is on disk. */
  @Override
  public List<ResultColumn> buildInParts(String name, String query, String many, long atOnce) {
    return build(name, query);
  }

  private static String spelled(StructField field) {
    String spark = field.dataType().simpleString();
    return switch (spark) {
      case "bigint" -> Kind.LONG.name().toLowerCase(Locale.ROOT);
      case "timestamp_ntz" -> Kind.TIMESTAMP.name().toLowerCase(Locale.ROOT);
      default -> spark;
    };
  }

  @Override
  public List<List<Object>> rows(String query) {
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : SparkFailure.told(query, () -> session.sql(query).collectAsList())) {
      rows.add(
          IntStream.range(0, row.size())
              .mapToObj(i -> value(row.get(i)))
              .collect(Collectors.toList()));
    }
    return rows;
  }

  @Override
  public double[][] numbers(String query) {
    Dataset<Row> result = session.sql(query);
    NumberColumns numbers = new NumberColumns(result.columns().length);
    Iterator<Row> rows = SparkFailure.told(query, result::toLocalIterator);
    while (rows.hasNext()) {
      Row row = rows.next();
      numbers.next();
      for (int i = 0; i < row.size(); i++) {
        numbers.put(i, ((Number) row.get(i)).doubleValue());
      }
    }
    return numbers.columns();
  }

  private static Object value(Object value) {
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }

  /** Views and functions go with the session; what executors keep for it is given back. */
  @Override
  public void close() {
    kept.forEach(Dataset::unpersist);
    if (built != null) {
      built.unpersist();
    }
  }
}
