package ltv.ingest;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ltv.dataset.BuiltBatch;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.dataset.PartitionBuild;
import ltv.dataset.PartitionBuild.Built;
import ltv.dataset.PartitionBuild.Origin;
import ltv.dataset.Recipe;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Fingerprint;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.Conflict;

/**
 * What sources have changed their minds about: a day's versions compared, by account and number. A
 * partition is all that the ledger knows of its day, so it may be built again at any time.
 */
final class Restatements {
  static final String DATASET = "src_restatement";

  /** Runs of other channels may note the same day at the same time. */
  private static final int TRIES = 5;

  private final Opened opened;
  private final Dataset dataset;
  private final LakeTable table;
  private final Map<String, LakeTable> sources = new TreeMap<>();

  Restatements(Opened opened) {
    this.opened = opened;
    this.dataset = opened.datasets().get(DATASET);
    this.table = opened.lake().table(dataset.table());
    for (Dataset source : opened.datasets().inOrder("ingest")) {
      if (source.schema().restated() != null) {
        opened.lake().existing(source.table()).ifPresent(t -> sources.put(source.name(), t));
      }
    }
  }

  /** Notes what the versions of these days say. */
  List<PartitionOutcome> note(SortedSet<LocalDate> days) {
    List<PartitionOutcome> outcomes = new ArrayList<>();
    try (DuckDb engine = opened.duckDb();
        DuckDbSession session = engine.open()) {
      for (LocalDate day : days) {
        outcomes.add(note(session, Partition.of(day)));
      }
    }
    return outcomes;
  }

  private PartitionOutcome note(DuckDbSession session, Partition day) {
    PartitionOutcome outcome = null;
    for (int i = 0; i < TRIES && (outcome == null || outcome instanceof Conflict); i++) {
      Pin base = table.pin();
      BuiltBatch batch = new BuiltBatch(table, base);
      batch.add(build(session, day, base));
      outcome = batch.commit().get(0);
    }
    return outcome;
  }

  private Built build(DuckDbSession session, Partition day, Pin base) {
    List<String> lines = new ArrayList<>();
    sources.forEach((name, of) -> lines.addAll(lines(name, of.versions(day))));
    session.execute(
        "create or replace temp table raw (dataset varchar, account_id varchar, metric varchar, version varchar, run_id varchar, read_at varchar, total varchar)");
    if (!lines.isEmpty()) {
      session.execute("insert into raw values " + String.join(", ", lines));
    }
    session.define("run_date", day.day().orElseThrow());
    String inputs = Fingerprint.of(String.join("", lines).getBytes(StandardCharsets.UTF_8));
    Origin origin =
        new Origin(Recipe.of(dataset, new TreeMap<>()), inputs, -1, List.of(), Map.of());
    return new PartitionBuild(opened.run(), dataset, opened.datasets(), table, base)
        .build(session, day, origin);
  }

  /** Every total of every version; of an account that was silent there is none. */
  private static List<String> lines(String source, List<LedgerEntry> versions) {
    Set<String> names =
        versions.stream()
            .flatMap(v -> v.totals().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      LedgerEntry version = versions.get(i);
      for (String name : names) {
        String account = name.substring(0, name.lastIndexOf('|'));
        boolean silent =
            version.missing().stream().anyMatch(m -> m.endsWith("/account=" + account));
        if (!silent) {
          lines.add(
              "('%s', '%s', '%s', '%d', '%s', '%s', '%s')"
                  .formatted(
                      source,
                      DuckDbSession.quoted(account),
                      name.substring(name.lastIndexOf('|') + 1),
                      i,
                      version.runId(),
                      version.committedAt(),
                      version.totals().getOrDefault(name, "0")));
        }
      }
    }
    return lines;
  }
}
