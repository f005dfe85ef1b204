package ltv.sandbox.chain;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import ltv.config.EngineSettings;
import ltv.config.SiteConfig;
import ltv.dataset.Dataset;
import ltv.dataset.Repository;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.TableSpec;

/** What stands in a site's lake, read between the runs of its jobs. */
final class LakeView {
  private final SiteConfig site;

  LakeView(SiteConfig site) {
    this.site = site;
  }

  /** Snapshots of every table that has one, held ones included. */
  Map<String, Long> snapshots() {
    return each(LakeTable::snapshots);
  }

  /** Content hashes of every published partition, by {@code dataset/partition}. */
  Map<String, String> contents() {
    return flat(LedgerEntry::content);
  }

  /** The run that built each published partition, by {@code dataset/partition}. */
  Map<String, String> builders() {
    return flat(LedgerEntry::runId);
  }

  private Map<String, String> flat(Function<LedgerEntry, String> value) {
    Map<String, String> all = new TreeMap<>();
    each(table -> table.pin().published())
        .forEach((name, parts) -> parts.forEach((p, e) -> all.put(name + "/" + p, value.apply(e))));
    return all;
  }

  /** The published partition of a day. */
  Optional<LedgerEntry> entry(String dataset, LocalDate day) {
    SortedMap<Partition, LedgerEntry> published =
        each(table -> table.pin().published()).getOrDefault(dataset, new TreeMap<>());
    return Optional.ofNullable(published.get(Partition.of(day)));
  }

  /**
   * Content hashes of the rows that readers see, read from the files and not from the ledger, by
   * {@code dataset/partition}. A day that is built twice, or half, has a hash of its own.
   */
  Map<String, String> rows(String job) {
    return rows(job, partition -> true);
  }

  /** The same of what a run of this day alone replaces. */
  Map<String, String> rows(String job, LocalDate day) {
    return rows(job, partition -> partition.day().filter(d -> !d.equals(day)).isEmpty());
  }

  private Map<String, String> rows(String job, Predicate<Partition> wanted) {
    Map<String, String> hashes = new TreeMap<>();
    try (Lake lake = Lake.open(site);
        DuckDb engine =
            new DuckDb(new EngineSettings(1, "500MB"), site.scratch().resolve("reader"));
        DuckDbSession session = engine.open()) {
      for (Dataset dataset : Repository.datasets().all()) {
        Optional<LakeTable> table =
            dataset.job().equals(job) ? lake.existing(dataset.table()) : Optional.empty();
        if (table.isPresent()) {
          Pin pin = table.get().pin();
          session.read("t", table.get(), pin, dataset.schema().columns());
          for (Partition partition : pin.published().keySet().stream().filter(wanted).toList()) {
            String day =
                dataset
                    .schema()
                    .partitionColumn()
                    .map(c -> " where " + c + " = date '" + partition + "'")
                    .orElse("");
            session.execute("create or replace temp view one_day as select * from t" + day);
            hashes.put(
                dataset.name() + "/" + partition,
                session.content("one_day", dataset.schema().columns()).text());
          }
        }
      }
    }
    return hashes;
  }

  private <T> Map<String, T> each(Function<LakeTable, T> question) {
    Map<String, T> answers = new TreeMap<>();
    try (Lake lake = Lake.open(site)) {
      for (Dataset dataset : Repository.datasets().all()) {
        TableSpec ledgerOnly =
            new TableSpec(dataset.job(), dataset.name(), List.of(), Optional.empty());
        lake.existing(ledgerOnly)
            .ifPresent(table -> answers.put(dataset.name(), question.apply(table)));
      }
    }
    return answers;
  }
}
