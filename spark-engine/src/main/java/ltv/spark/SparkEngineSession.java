package ltv.spark;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.engine.ResultColumn;
import ltv.engine.Session;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A Spark session behind the interface that queries are run through. */
public final class SparkEngineSession implements Session {
  private final SparkSession session;

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
  public List<ResultColumn> build(String name, String query) {
    Dataset<Row> result = session.sql(query);
    result.createOrReplaceTempView(name);
    return Stream.of(result.schema().fields())
        .map(f -> new ResultColumn(f.name(), spelled(f)))
        .toList();
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
    for (Row row : session.sql(query).collectAsList()) {
      rows.add(
          IntStream.range(0, row.size())
              .mapToObj(i -> value(row.get(i)))
              .collect(Collectors.toList()));
    }
    return rows;
  }

  private static Object value(Object value) {
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate();
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }

  /** Views and functions go with the session; there is nothing to give back. */
  @Override
  public void close() {
    session.catalog().clearCache();
  }
}
