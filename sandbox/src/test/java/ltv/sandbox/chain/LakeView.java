package ltv.sandbox.chain;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import ltv.config.Sites;
import ltv.dataset.Dataset;
import ltv.dataset.Repository;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.TableSpec;

/** What stands in a site's lake, read between the runs of its jobs. */
final class LakeView {
  private final Path home;

  LakeView(Path home) {
    this.home = home;
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

  private <T> Map<String, T> each(Function<LakeTable, T> question) {
    Map<String, T> answers = new TreeMap<>();
    try (Lake lake = Lake.open(Sites.below(home))) {
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
