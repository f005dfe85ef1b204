package ltv.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.dataset.PartitionBuild;
import ltv.dataset.PartitionBuild.Built;
import ltv.dataset.PartitionBuild.Origin;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.ingest.land.LandedDay;
import ltv.ingest.land.Landing;
import ltv.ingest.type.IngestFunctions;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.RawTable;
import ltv.lake.LakeTable;
import ltv.lake.Partition;
import ltv.lake.Pin;

/**
 * Turns landed days of one stream into built partitions, in one DuckDB session that is opened when
 * the first day has something new.
 */
final class Typing implements AutoCloseable {
  private final Opened opened;
  private final DuckDb engine;
  private final Dataset dataset;
  private final LakeTable table;
  private final Landing landing;
  private final RawShape shape;
  private final IngestFunctions functions;
  private final SortedMap<LocalDate, Long> lines = new TreeMap<>();
  private DuckDbSession session;
  private RawTable raw;

  Typing(
      Opened opened,
      Dataset dataset,
      LakeTable table,
      Landing landing,
      RawShape shape,
      IngestFunctions functions) {
    this.opened = opened;
    this.engine = opened.duckDb();
    this.dataset = dataset;
    this.table = table;
    this.landing = landing;
    this.shape = shape;
    this.functions = functions;
  }

  /**
   * Reads the pages of a day and builds its partition.
   *
   * @param origin with everything but the number of rows read
   */
  Built type(Partition partition, List<LandedDay> landed, Origin origin, Pin base) {
    open();
    long rows = raw.fill(landed);
    lines.putAll(raw.linesByDay());
    session.define("run_date", partition.day().orElseThrow());
    return new PartitionBuild(opened.run(), dataset, opened.datasets(), table, base)
        .build(
            session,
            partition,
            new Origin(origin.recipe(), origin.inputs(), rows, origin.missing(), origin.sources()));
  }

  private void open() {
    if (session == null) {
      session = engine.open();
      functions.define(session);
      List<String> names = new ArrayList<>();
      dataset.schema().raw().path("columns").forEach(c -> names.add(c.path("name").asText()));
      raw = new RawTable(session, landing, names, shape);
    }
  }

  /** What is worth telling of the pages beside their rows: by name, in words. */
  Map<String, String> notes(Pin built) {
    Map<String, String> notes = new TreeMap<>();
    SortedMap<LocalDate, Long> left = new TreeMap<>(lines);
    left.keySet().removeIf(day -> built.newest(Partition.of(day)).isPresent());
    if (!left.isEmpty()) {
      notes.put(
          "unread",
          "lines of days that were not read: %d (%s to %s); run these days too"
              .formatted(
                  left.values().stream().mapToLong(Long::longValue).sum(),
                  left.firstKey(),
                  left.lastKey()));
    }
    if (raw != null && !raw.newFields().isEmpty()) {
      notes.put(
          "new_fields",
          "fields that nobody reads, kept in the landing: " + String.join(", ", raw.newFields()));
    }
    return notes;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    engine.close();
  }
}
