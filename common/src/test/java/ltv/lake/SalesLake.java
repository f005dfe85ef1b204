package ltv.lake;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import ltv.config.EngineSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.run.PartitionOutcome;

/** A lake with one table of sales, each row an id on a day. */
final class SalesLake implements AutoCloseable {
  static final LocalDate D1 = LocalDate.of(2026, 11, 1);
  static final TableSpec SALES =
      new TableSpec(
          "cleanse",
          "stg_sale",
          List.of(
              Column.of("sold_on", "date"),
              Column.of("id", "string"),
              Column.of("amount", "decimal(18,4)"),
              Column.of("sold_at", "timestamp"),
              Column.of("good", "boolean"),
              Column.of("ratio", "double"),
              Column.of("n", "long")),
          Optional.of("sold_on"));

  private final DuckDb engine;
  private final Lake lake;

  SalesLake(Path scratch, Lake lake) {
    this.engine =
        new DuckDb(new EngineSettings(1, "500MB"), scratch.resolve("" + UUID.randomUUID()));
    this.lake = lake;
  }

  SalesLake(Path folder, String fileIo) {
    this(
        folder,
        Lake.open(
            folder.resolve("state.db"),
            Storage.folder(folder.resolve("warehouse"), folder.resolve("scratch"), fileIo)));
  }

  SalesLake(Path folder) {
    this(folder, LocalFileIO.class.getName());
  }

  int recover() {
    return lake.recover(SALES);
  }

  LakeTable table() {
    return lake.table(SALES);
  }

  LakeTable table(TableSpec spec) {
    return lake.table(spec);
  }

  Pin pin() {
    return table().pin();
  }

  /** Replaces a day by these ids. */
  PartitionOutcome publish(LocalDate day, String... ids) {
    return publish(pin(), day, ids);
  }

  /** The same by a writer that looked at the table when it was {@code base}. */
  PartitionOutcome publish(Pin base, LocalDate day, String... ids) {
    return table().commit(base).publish(List.of(built(day, ids))).get(0);
  }

  BuiltPartition built(LocalDate day, String... ids) {
    LedgerEntry.State state =
        ids.length == 0 ? LedgerEntry.State.EMPTY : LedgerEntry.State.COMMITTED;
    return built(day, state, ids);
  }

  BuiltPartition built(LocalDate day, LedgerEntry.State state, String... ids) {
    return built(SALES, day, state, ids);
  }

  /** The same in a table that may have more columns, which say the id again. */
  BuiltPartition built(TableSpec spec, LocalDate day, LedgerEntry.State state, String... ids) {
    try (DuckDbSession session = engine.open()) {
      List<List<String>> rows = new ArrayList<>();
      for (String id : ids) {
        List<String> row = new ArrayList<>();
        row.addAll(List.of(day.toString(), id, "1.5", day + " 10:00:00", "true", "0.1", "7"));
        row.addAll(Collections.nCopies(spec.columns().size() - row.size(), id));
        rows.add(row);
      }
      session.table("result", spec.columns(), rows);
      LedgerEntry facts =
          new LedgerEntry(
              "stg_sale",
              day.toString(),
              state,
              "run",
              "recipe",
              "inputs",
              session.content("result", spec.columns()).text(),
              -1,
              ids.length,
              Map.of(),
              Map.of(),
              List.of(),
              Map.of(),
              Map.of(),
              Clock.systemUTC().instant().toString(),
              null);
      Partition partition = Partition.of(day);
      return new BuiltPartition(
          partition, facts, session.write("result", table(spec), partition, List.of("id")));
    }
  }

  /** What readers see now, as {@code 2026-11-01 id}. */
  List<String> rows() {
    return rows(pin());
  }

  List<String> rows(Pin pin) {
    return rows(table(), pin);
  }

  List<String> rows(LakeTable table, Pin pin) {
    return rows(table, pin, "select sold_on, id from t order by sold_on, id");
  }

  /** What a query over the table {@code t} gives, a line each. */
  List<String> rows(LakeTable table, Pin pin, String query) {
    try (DuckDbSession session = engine.open()) {
      session.read("t", table, pin, table.spec().columns());
      return session.rows(query).stream()
          .map(r -> r.stream().map(String::valueOf).collect(Collectors.joining(" ")))
          .toList();
    }
  }

  @Override
  public void close() {
    lake.close();
    engine.close();
  }
}
