package ltv.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import ltv.lake.FileStatistics;
import ltv.lake.Storage;
import ltv.lake.WrittenRows;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.iceberg.shaded.org.apache.parquet.io.LocalOutputFile;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/**
 * Writes rows into a table's folder without moving what readers see: a staged snapshot holds the
 * files until the commit publishes them, the same commit that DuckDB's files go through.
 */
final class StagedWrite {
  private static final String STAGED_AS = "spark.wap.id";
  private static final long ROW_GROUP = 128L << 20;
  private static final int PADDING = 8 << 20;

  private final SparkSession session;
  private final Table table;
  private final String name;

  /**
   * A write to a table.
   *
   * @param name as queries of the session name it
   */
  StagedWrite(SparkSession session, String name) {
    this.session = session;
    this.name = name;
    try {
      this.table = Spark3Util.loadIcebergTable(session, name);
    } catch (NoSuchTableException | ParseException e) {
      throw new IllegalStateException("The job has made the table " + name + " before", e);
    }
    if (!"true".equals(table.properties().get("write.wap.enabled"))) {
      throw new IllegalStateException(name + " lacks write.wap.enabled: readers would see this");
    }
  }

  /** Writes the rows, which belong to one partition. */
  WrittenRows write(Dataset<Row> rows) {
    String id = UUID.randomUUID().toString();
    session.conf().set(STAGED_AS, id);
    try {
      withFormerColumns(rows).writeTo(name).overwritePartitions();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException(name + " is gone", e);
    } finally {
      session.conf().unset(STAGED_AS);
    }
    table.refresh();
    return StreamSupport.stream(table.snapshots().spliterator(), false)
        .filter(s -> id.equals(s.summary().get("wap.id")))
        .findFirst()
        .map(this::filesOf)
        .orElseGet(this::nothing);
  }

  /** Columns of earlier versions of the dataset stay, empty. */
  private Dataset<Row> withFormerColumns(Dataset<Row> rows) {
    Set<String> there = Set.of(rows.columns());
    Dataset<Row> whole = rows;
    for (StructField field : SparkSchemaUtil.convert(table.schema()).fields()) {
      if (!there.contains(field.name())) {
        whole = whole.withColumn(field.name(), functions.lit(null).cast(field.dataType()));
      }
    }
    return whole;
  }

  private WrittenRows filesOf(Snapshot staged) {
    List<DataFile> files = new ArrayList<>();
    SnapshotChanges.builderFor(table)
        .snapshot(staged)
        .build()
        .addedDataFiles()
        .forEach(file -> files.add(file.copy()));
    return new WrittenRows.InPlace(files, hashes(files));
  }

  /** Reads each file back where the executors are: one driver would be slower than all of them. */
  private Map<String, String> hashes(List<DataFile> files) {
    FileIO io = SerializableTable.copyOf(table).io();
    List<String> locations = files.stream().map(DataFile::location).toList();
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(locations, locations.size())
        .mapToPair(location -> new scala.Tuple2<>(location, Storage.sha256(io, location)))
        .collectAsMap();
  }

  /** Spark commits nothing for no rows, and the old rows would stay: an empty day is a file. */
  private WrittenRows nothing() {
    try {
      Path file = Files.createTempFile("ltv-empty", ".parquet");
      file.toFile().deleteOnExit();
      try (ParquetFileWriter writer =
          new ParquetFileWriter(
              new LocalOutputFile(file),
              ParquetSchemaUtil.convert(table.schema(), "table"),
              ParquetFileWriter.Mode.OVERWRITE,
              ROW_GROUP,
              PADDING,
              Integer.MAX_VALUE,
              Integer.MAX_VALUE,
              false)) {
        writer.start();
        writer.end(Map.of());
      }
      return new WrittenRows.OnScratch(file, new FileStatistics(0, Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
