package ltv.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import ltv.lake.Column;
import ltv.lake.LakeTable;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * Turns landed days of one stream into built partitions, in one DuckDB session that is opened when
 * the first day has something new.
 */
final class Typing implements AutoCloseable {
  private static final int TOLD_NAMES = 50;

  /** The column that keeps what no other reads, where the query and not the shape fills it. */
  private static final String PROPERTIES = "properties";

  private final Opened opened;
  private final DuckDb engine;
  private final Dataset dataset;
  private final LakeTable table;
  private final Landing landing;
  private final RawShape shape;
  private final IngestFunctions functions;
  private final SortedMap<LocalDate, Long> lines = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> unread = new TreeMap<>();
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
    session.define("run_date", partition.day().orElseThrow());
    if (dataset.schema().streamed()) {
      return stream(partition, landed, origin, base);
    }
    long rows = raw.fill(landed);
    lines.putAll(raw.linesByDay());
    return build(partition, rows, origin, base);
  }

  /** Strictly, which is fast; line by line when a line is no object. */
  private Built stream(Partition partition, List<LandedDay> landed, Origin origin, Pin base) {
    try {
      long counted = raw.show(landed);
      Built built = build(partition, counted, origin, base);
      if (built.facts().rowsOut() == counted) {
        noteUnread();
        return built;
      }
    } catch (JobException e) {
      if (e.exitCode() != ExitCode.BUG) {
        throw e;
      }
    }
    try {
      raw.showLineByLine(landed);
      Built built = build(partition, -1, origin, base);
      noteUnread();
      return built;
    } catch (JobException e) {
      throw e.exitCode() == ExitCode.BUG
          ? RawTable.unreadable(dataset.name() + "/" + partition, e)
          : e;
    }
  }

  /** Names of what no column reads, by the column that keeps it. */
  private void noteUnread() {
    Stream<String> parameters =
        dataset.schema().columns().stream().map(Column::name).filter(PROPERTIES::equals);
    for (String rest : Stream.concat(shape.rests().stream(), parameters).distinct().toList()) {
      SortedSet<String> names = unread.computeIfAbsent(rest, r -> new TreeSet<>());
      session
          .rows(
              "select distinct unnest(json_keys(%1$s)) from %2$s where %1$s <> '{}'"
                  .formatted(rest, PartitionBuild.RESULT))
          .forEach(row -> names.add((String) row.get(0)));
    }
  }

  private Built build(Partition partition, long rows, Origin origin, Pin base) {
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
    unread.forEach(
        (rest, names) -> {
          if (!names.isEmpty()) {
            notes.put(
                "unread_" + rest,
                "%d that no column reads, kept in %s: %s"
                    .formatted(
                        names.size(),
                        rest,
                        names.stream().limit(TOLD_NAMES).collect(Collectors.joining(", "))));
          }
        });
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
