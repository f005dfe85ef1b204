package ltv.dataset;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.config.SiteConfig;
import ltv.engine.Session;
import ltv.lake.Fingerprint;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;

/** The inputs of one dataset, pinned at one moment for all partitions of a run. */
final class StageInputs {
  private static final String PINNED = "__pinned";

  /** One input: its declaration, and its table unless the site lacks it or nobody wrote it yet. */
  private record Input(
      Dataset dataset, DatasetInput declared, boolean present, Optional<LakeTable> table, Pin pin) {
    /**
     * The table as the partition of {@code day} sees it: with what is held of the very day, so that
     * all of the day is there for a person to look at, and nothing of it on any other.
     */
    Pin seen(Optional<LocalDate> day) {
      return held(day) ? pin.showing(Partition.of(day.orElseThrow())) : pin;
    }

    boolean held(Optional<LocalDate> day) {
      return day.map(Partition::of)
          .map(pin.held()::get)
          .filter(LedgerEntry::soundThoughHeld)
          .isPresent();
    }

    Optional<String> day() {
      return dataset.schema().partitionColumn();
    }

    /** What the partition of {@code day} sees; everything of a dateless input. */
    SortedMap<Partition, LedgerEntry> visible(Optional<LocalDate> day) {
      return visible(seen(day).published(), day);
    }

    /** Of some partitions those that the partition of {@code day} sees. */
    <T> SortedMap<Partition, T> visible(SortedMap<Partition, T> some, Optional<LocalDate> day) {
      if (day().isEmpty() || day.isEmpty()) {
        return some;
      }
      LocalDate first = declared.firstDay(day.get());
      SortedMap<Partition, T> upTo =
          some.headMap(Partition.of(declared.lastDay(day.get()).plusDays(1)));
      return first.equals(LocalDate.MIN) ? upTo : upTo.tailMap(Partition.of(first));
    }

    boolean covers(Optional<LocalDate> day) {
      return day().isEmpty()
          ? pin.published().containsKey(Partition.WHOLE)
          : day.isEmpty() || seen(day).published().containsKey(Partition.of(day.get()));
    }
  }

  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final Map<LedgerEntry, String> said = new IdentityHashMap<>();
  private final boolean standing;

  private StageInputs(boolean standing) {
    this.standing = standing;
  }

  /** Pins every input of {@code dataset}. */
  static StageInputs pin(Dataset dataset, Datasets datasets, SiteConfig site, Lake lake) {
    StageInputs pinned = new StageInputs(dataset.schema().standing());
    dataset
        .schema()
        .inputs()
        .forEach(
            (name, declared) -> {
              Dataset input = datasets.get(name);
              boolean present = datasets.present(input, site);
              Optional<LakeTable> table = present ? lake.existing(input.table()) : Optional.empty();
              Pin pin = table.map(LakeTable::pin).orElseGet(Pin::nothing);
              pinned.inputs.put(name, new Input(input, declared, present, table, pin));
            });
    return pinned;
  }

  /**
   * Inputs without which the day cannot be built, in words: required ones that are not there, and
   * the optional ones when not a single input with days is there. A day of nothing is missing, not
   * empty.
   *
   * @param day the day of the partition; for a dateless dataset the last day of the run
   */
  List<String> missingRequired(LocalDate day) {
    List<String> required = missing(day, true);
    boolean dateless = inputs.values().stream().allMatch(i -> i.day().isEmpty());
    boolean nothing =
        !standing
            && inputs.values().stream()
                .filter(i -> i.present && !i.dataset.schema().standing())
                .filter(i -> i.day().isPresent() || dateless)
                .noneMatch(i -> i.covers(Optional.of(day)));
    return required.isEmpty() && nothing ? missing(day, false) : required;
  }

  /**
   * What the partition of {@code day} is built without: optional inputs that are not there, and
   * what their own inputs were built without, as {@code dataset/day}.
   *
   * @param reach days that a longer history is looked at for this
   */
  List<String> builtWithout(Optional<LocalDate> day, LocalDate lastDay, int reach) {
    SortedSet<String> without = new TreeSet<>();
    inputs.forEach(
        (name, input) -> {
          LocalDate today = day.orElse(lastDay);
          // of a source whose past cannot be read only the newest day can be missing
          boolean owed =
              input.dataset.owesDays()
                  && (!input.dataset.schema().snapshot() || today.equals(lastDay));
          if (input.present && owed && !input.covers(Optional.of(today))) {
            without.add(name + "/" + input.day().map(c -> today + "").orElse("all"));
          }
          LocalDate first = today.minusDays(reach);
          input.visible(day).entrySet().stream()
              .filter(e -> e.getKey().day().filter(d -> d.isBefore(first)).isEmpty())
              .forEach(e -> without.addAll(e.getValue().missing()));
          input.visible(new TreeMap<>(input.pin.held()), day).entrySet().stream()
              .filter(e -> e.getKey().day().filter(d -> d.isBefore(first)).isEmpty())
              .filter(e -> !(input.held(day) && e.getKey().day().equals(day)))
              .forEach(e -> without.add(name + "/" + e.getKey() + " (" + word(e) + ")"));
        });
    return List.copyOf(without);
  }

  private static String word(Map.Entry<Partition, LedgerEntry> notPublished) {
    return notPublished.getValue().state().name().toLowerCase(Locale.ROOT);
  }

  /** The held partitions that the partition of {@code day} is built on, as {@code dataset/day}. */
  List<String> held(Optional<LocalDate> day) {
    return inputs.entrySet().stream()
        .filter(input -> input.getValue().held(day))
        .map(input -> input.getKey() + "/" + day.orElseThrow())
        .toList();
  }

  /** An input of which a person has rejected the day, so that there is nothing to build from. */
  Optional<String> rejected(Optional<LocalDate> day) {
    return day.flatMap(
        d ->
            inputs.entrySet().stream()
                .filter(input -> !input.getValue().covers(day))
                .flatMap(
                    input ->
                        input.getValue().pin.newest(Partition.of(d)).stream()
                            .filter(e -> e.state() == LedgerEntry.State.REJECTED)
                            .map(e -> input.getKey() + "/" + d + " was " + e.hold().decision()))
                .findFirst());
  }

  private List<String> missing(LocalDate day, boolean required) {
    List<String> missing = new ArrayList<>();
    inputs.forEach(
        (name, input) -> {
          if (input.present
              && input.declared.required() == required
              && !input.covers(Optional.of(day))) {
            missing.add(
                "partition "
                    + name
                    + "/"
                    + input.day().map(c -> day.toString()).orElse("all")
                    + " is not committed; run "
                    + input.dataset.job()
                    + " for "
                    + day
                    + " or wait for its run");
          }
        });
    return missing;
  }

  /** The hash of the contents that the partition of {@code day} is built from. */
  String fingerprint(Optional<LocalDate> day) {
    Fingerprint hash = Fingerprint.start();
    inputs.forEach(
        (name, input) -> {
          hash.add(name).add(input.present ? "present" : "absent");
          input.visible(day).forEach((p, e) -> hash.add(said(p, e)));
        });
    return hash.hex();
  }

  /** What a partition's rows are, in one text: made once, since many days see it. */
  private String said(Partition partition, LedgerEntry entry) {
    return said.computeIfAbsent(
        entry, e -> Fingerprint.joined(partition + " " + e.missing(), e.content()));
  }

  /** The snapshot that each input is pinned to, of those that somebody has written. */
  Map<String, String> snapshots() {
    Map<String, String> snapshots = new LinkedHashMap<>();
    inputs.forEach(
        (name, input) -> {
          if (input.pin.snapshot().isPresent()) {
            snapshots.put(name, input.pin.snapshotName());
          }
        });
    return snapshots;
  }

  /** The first file of what the partition sees that is not as it was written, in words. */
  Optional<String> damaged(Optional<LocalDate> day, Map<LedgerEntry, Optional<String>> known) {
    for (Input input : inputs.values()) {
      for (LedgerEntry entry : input.visible(day).values()) {
        Optional<String> damaged =
            known.computeIfAbsent(entry, e -> input.table.flatMap(table -> table.damaged(e)));
        if (damaged.isPresent()) {
          return damaged;
        }
      }
    }
    return Optional.empty();
  }

  /** Rows of the input that {@code same_count} compares with, for the ledger's balance. */
  OptionalLong rows(String input, Optional<LocalDate> day) {
    Input found = inputs.get(input);
    return found.visible(day).entrySet().stream()
        .filter(e -> day.isEmpty() || e.getKey().equals(Partition.of(day.get())))
        .mapToLong(e -> e.getValue().rowsOut())
        .reduce(Long::sum);
  }

  /** Lets the session see the files of every input, as far as any of these partitions needs. */
  void define(Session session, List<Partition> partitions) {
    Optional<LocalDate> first = partitions.get(0).day();
    Optional<LocalDate> last = partitions.get(partitions.size() - 1).day();
    Optional<LocalDate> single = partitions.size() == 1 ? first : Optional.empty();
    var reading = partitions.size() > 1 ? Session.Reading.COPY : Session.Reading.VIEW;
    inputs.forEach(
        (name, input) -> {
          var columns = input.dataset.schema().columns();
          if (input.table.isEmpty()) {
            session.table(name + PINNED, columns, List.of());
            return;
          }
          LocalDate from = first.map(input.declared::firstDay).orElse(LocalDate.MIN);
          session.read(
              name + PINNED,
              input.table.get(),
              single.map(day -> input.seen(Optional.of(day))).orElse(input.pin),
              columns,
              from.equals(LocalDate.MIN) ? null : from,
              last.map(input.declared::lastDay).orElse(null),
              reading);
        });
  }

  /** Narrows every input to what the partition may see, whatever else the session holds. */
  void narrow(Session session, Optional<LocalDate> day) {
    inputs.forEach(
        (name, input) -> {
          String where = day.isEmpty() || input.day().isEmpty() ? "" : bounds(input, day.get());
          session.view(name, "select * from " + name + PINNED + where);
        });
  }

  private static String bounds(Input input, LocalDate day) {
    String column = input.day().orElseThrow();
    LocalDate first = input.declared.firstDay(day);
    String lower = first.equals(LocalDate.MIN) ? "" : column + " >= date '" + first + "' and ";
    return " where " + lower + column + " <= date '" + input.declared.lastDay(day) + "'";
  }
}
