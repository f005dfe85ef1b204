package ltv.calculate.report.evidence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.calculate.report.DataStatus;
import ltv.calculate.report.DataStatus.Mart;
import ltv.calculate.report.DataStatus.Removed;
import ltv.calculate.report.DataStatus.Source;
import ltv.calculate.report.DataStatus.State;
import ltv.calculate.report.Week;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;

/** What the ledger tells of the versions that a report was made from. */
public final class Sources {
  /** Rows that did not count are told of here; other tables hold the same ones. */
  private static final List<String> JUDGED = List.of("stg_install", "stg_event", "stg_order");

  private final Opened opened;

  /** As they were first seen, so that all of a run is told of one moment. */
  private final Map<String, Optional<Pin>> pins = new HashMap<>();

  /** The ledger of an opened site. */
  public Sources(Opened opened) {
    this.opened = opened;
  }

  /** The newest day of a week that all of these marts are published for; empty for none. */
  public Optional<LocalDate> newest(List<String> marts, Week week) {
    for (LocalDate day = week.sunday(); !day.isBefore(week.monday()); day = day.minusDays(1)) {
      LocalDate known = day;
      if (marts.stream().allMatch(mart -> entry(mart, known).isPresent())) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  /** What marts were made from that are read as of a day. */
  public DataStatus status(List<String> marts, Week week, LocalDate asOf) {
    TreeSet<String> missing = new TreeSet<>();
    List<Mart> read = new ArrayList<>();
    boolean held = false;
    for (String mart : marts) {
      LedgerEntry entry = entry(mart, asOf).orElseThrow();
      read.add(new Mart(mart, entry.runId(), entry.content()));
      for (LocalDate day = firstRead(mart, week, asOf); !day.isAfter(asOf); day = day.plusDays(1)) {
        String part = mart + "/" + day;
        entry(mart, day).ifPresentOrElse(e -> missing.addAll(e.missing()), () -> missing.add(part));
        held |= isHeld(mart, day);
      }
    }
    boolean whole = missing.isEmpty() && asOf.equals(week.sunday());
    return new DataStatus(
        held ? State.HELD : whole ? State.FINAL : State.PROVISIONAL,
        List.copyOf(missing),
        removed(week),
        sources(week),
        read);
  }

  /** A snapshot says all of a week on its own day; of daily tables each day counts. */
  private LocalDate firstRead(String mart, Week week, LocalDate asOf) {
    return opened.datasets().get(mart).schema().asOf() ? asOf : week.monday();
  }

  private boolean isHeld(String mart, LocalDate day) {
    return pin(mart)
        .flatMap(pin -> pin.newest(Partition.of(day)))
        .filter(newest -> newest.state() == LedgerEntry.State.HELD)
        .isPresent();
  }

  private List<Removed> removed(Week week) {
    Map<String, Long> rows = new TreeMap<>();
    JUDGED.forEach(
        name ->
            entries(name, week)
                .forEach(
                    e -> e.removed().forEach((reason, n) -> rows.merge(reason, n, Long::sum))));
    return rows.entrySet().stream()
        .map(e -> new Removed(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingLong(Removed::rows).reversed().thenComparing(Removed::reason))
        .toList();
  }

  private List<Source> sources(Week week) {
    Map<String, Instant> last = new TreeMap<>();
    for (Dataset dataset : opened.datasets().all()) {
      if (dataset.isSource()) {
        String source = dataset.name().replaceAll("^src_|__.*$", "");
        entries(dataset.name(), week).stream()
            .map(e -> Instant.parse(e.committedAt()))
            .forEach(at -> last.merge(source, at, (a, b) -> a.isAfter(b) ? a : b));
      }
    }
    return last.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
  }

  private List<LedgerEntry> entries(String dataset, Week week) {
    return pin(dataset)
        .map(
            pin ->
                pin.published().entrySet().stream()
                    .filter(
                        e ->
                            e.getKey().day().filter(day -> Week.with(day).equals(week)).isPresent())
                    .map(Map.Entry::getValue)
                    .toList())
        .orElse(List.of());
  }

  private Optional<LedgerEntry> entry(String dataset, LocalDate day) {
    return pin(dataset).map(pin -> pin.published().get(Partition.of(day)));
  }

  private Optional<Pin> pin(String dataset) {
    return pins.computeIfAbsent(dataset, this::readPin);
  }

  private Optional<Pin> readPin(String dataset) {
    Dataset known = opened.datasets().get(dataset);
    return known == null
        ? Optional.empty()
        : opened.lake().existing(known.table()).map(LakeTable::pin);
  }
}
