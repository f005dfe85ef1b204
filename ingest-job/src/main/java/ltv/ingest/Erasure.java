package ltv.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ltv.dataset.BuildMode;
import ltv.dataset.BuiltBatch;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.dataset.PartitionBuild;
import ltv.dataset.PartitionBuild.Origin;
import ltv.dataset.PartitionPlan;
import ltv.dataset.PartitionPlan.Action;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.engine.Session.Reading;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.crm.CrmConnector;
import ltv.ingest.channel.file.FileConnector;
import ltv.ingest.erase.SiteSearch;
import ltv.ingest.erase.Subjects;
import ltv.ingest.land.Landing;
import ltv.ingest.land.LandingErasure;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.plan.CollectionPlan;
import ltv.ingest.plan.ReadLog;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.RowFilter;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.Retention;
import ltv.lake.ScratchFiles;
import ltv.lake.Storage;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.RunReport;

/**
 * Removes people: their rows from the landing, then from the tables made of it, with every older
 * version; then looks whether anything of them is left anywhere. What later jobs have made of the
 * rows is theirs to make anew. May be run again at any time, and goes on where it was ended.
 */
final class Erasure {
  /** Nobody else may be at work: files that no version knows need not wait. */
  private static final Retention NOTHING_OLD = new Retention(Duration.ZERO, 1, Duration.ZERO);

  /** Channels whose customer_id is a person; elsewhere it is an account. */
  private static final Set<String> OF_A_SHOP = Set.of(CrmConnector.CHANNEL, FileConnector.CHANNEL);

  private static final String CUSTOMER = "customer_id";
  private static final String LISTED = "listed_key";
  private static final Pattern DAY = Pattern.compile("=(\\d{4}-\\d{2}-\\d{2})/");

  private final Opened opened;
  private final Channels channels;
  private final Landing landing;
  private final CallBudget budget;
  private final Clock clock;
  private final SortedSet<LocalDate> rebuilt = new TreeSet<>();

  Erasure(Opened opened, Channels channels, Landing landing, CallBudget budget, Clock clock) {
    this.opened = opened;
    this.channels = channels;
    this.landing = landing;
    this.budget = budget;
    this.clock = clock;
  }

  /**
   * Erases and proves it.
   *
   * @param ids of the people, as {@link Subjects} takes them
   * @throws JobException with exit 66 when they are still found, with the places
   */
  void run(
      List<ChannelConnector> connectors,
      List<String> ids,
      List<String> customers,
      RunReport report) {
    try {
      erase(connectors, ids, customers, report);
    } finally { // copies of what was erased
      ScratchFiles.removeOlderThan(opened.site().scratch(), Instant.MAX);
    }
  }

  private void erase(
      List<ChannelConnector> connectors,
      List<String> ids,
      List<String> customers,
      RunReport report) {
    Subjects whom =
        withSession(
            session -> new Subjects(ids, customers, id -> channels.functions().keys(session, id)));
    long rows = 0;
    try (Storage place = Storage.landing(opened.site())) {
      for (ChannelConnector connector : connectors) {
        for (ChannelStream stream : IngestJob.streams(connector, List.of())) {
          rows += stream.isFetched() ? erase(stream, whom, place) : 0;
          report.dataset(stream.dataset(), () -> rebuild(connector, stream, whom));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    report.fact("erased.landed_rows", "" + rows);
    tell(
        withSession(
            session -> new SiteSearch(opened.site(), session, whom).run(opened.lake().state())),
        report);
  }

  /** Work in a session of its own: an engine's end takes the run's scratch folder with it. */
  private <R> R withSession(Function<DuckDbSession, R> work) {
    try (DuckDb engine = opened.duckDb();
        DuckDbSession session = engine.open()) {
      channels.functions().define(session);
      return work.apply(session);
    }
  }

  private long erase(ChannelStream stream, Subjects whom, Storage place) throws IOException {
    Dataset dataset = opened.datasets().get(stream.dataset());
    RawShape shape = channels.shape(dataset);
    return new LandingErasure(
            place,
            stream.channel() + "/" + stream.name(),
            Optional.ofNullable(shape.rows()),
            new RowFilter(shape, rule(stream, dataset, whom)))
        .run();
  }

  /** A row that names somebody goes; of a list of keys, the key of a row that went. */
  private static Predicate<RowFilter.Row> rule(
      ChannelStream stream, Dataset dataset, Subjects whom) {
    boolean shop = OF_A_SHOP.contains(stream.channel());
    String key = dataset.schema().key().get(0);
    Set<String> gone = new HashSet<>();
    return row -> {
      Optional<String> customer = shop ? row.value(CUSTOMER) : Optional.empty();
      Optional<String> listed = shop ? row.value(LISTED) : Optional.empty();
      boolean goes =
          whom.named(row.text())
              || customer.filter(whom::customer).isPresent()
              || listed
                  .filter(k -> gone.contains(k) || (key.equals(CUSTOMER) && whom.customer(k)))
                  .isPresent();
      if (goes && shop) {
        row.value(key).ifPresent(gone::add);
      }
      return goes;
    };
  }

  /**
   * Days whose landing is not any more what they were built from are built anew. Where that cannot
   * be, or would be held, what readers see loses the rows. What is held comes last: it keeps the
   * version that it was built on.
   */
  private List<PartitionOutcome> rebuild(
      ChannelConnector connector, ChannelStream stream, Subjects whom) {
    Dataset dataset = opened.datasets().get(stream.dataset());
    Optional<LakeTable> table = opened.lake().existing(dataset.table());
    if (table.isEmpty()) {
      return List.of();
    }
    Pin pin = table.get().pin();
    Map<Boolean, List<LedgerEntry>> inPlace =
        pin.published().values().stream()
            .collect(
                Collectors.partitioningBy(
                    e ->
                        landing.sources().areGone(e.sources())
                            || pin.held().containsKey(Partition.parse(e.partition()))));
    List<PartitionOutcome> outcomes = new ArrayList<>(again(inPlace.get(false), connector, stream));
    if (!inPlace.get(true).isEmpty()) {
      outcomes.addAll(
          withSession(
              session -> inPlace(dataset, stream, table.get(), inPlace.get(true), whom, session)));
    }
    table.get().vacuum(NOTHING_OLD, clock.instant());
    if (!pin.held().isEmpty()) {
      outcomes.addAll(again(pin.held().values(), connector, stream));
      table.get().vacuum(NOTHING_OLD, clock.instant());
    }
    return outcomes;
  }

  /** Types the days of these again, where their landing was written anew. */
  private List<PartitionOutcome> again(
      Collection<LedgerEntry> entries, ChannelConnector connector, ChannelStream stream) {
    List<PartitionPlan> plans =
        entries.stream()
            .filter(e -> !landing.sources().areGone(e.sources()))
            .filter(e -> landing.sources().rewritten(e.sources()).isPresent())
            .map(e -> Partition.parse(e.partition()))
            .sorted()
            .map(day -> new PartitionPlan(day, Action.BUILD, "to be erased from", ""))
            .toList();
    if (plans.isEmpty()) {
      return List.of();
    }
    plans.forEach(plan -> rebuilt.add(plan.partition().day().orElseThrow()));
    return new StreamReading(opened, channels, landing, new LandedOnly(connector), stream)
        .read(
            plans,
            BuildMode.FORCE,
            new ReadLog(opened.lake().state()),
            CollectionPlan.nothing(clock.instant()),
            budget);
  }

  /** Takes the rows out of what readers see. */
  private List<PartitionOutcome> inPlace(
      Dataset dataset,
      ChannelStream stream,
      LakeTable table,
      List<LedgerEntry> entries,
      Subjects whom,
      DuckDbSession session) {
    List<String> texts =
        dataset.schema().columns().stream()
            .filter(c -> c.type().kind() == Kind.STRING)
            .map(Column::name)
            .toList();
    boolean shop = OF_A_SHOP.contains(stream.channel()) && texts.contains(CUSTOMER);
    String named =
        whom.condition(texts)
            + (shop ? " or coalesce(" + whom.customers(CUSTOMER) + ", false)" : "");
    Dataset others = dataset.builtBy("select * from kept where not (" + named + ")");
    Pin base = table.pin();
    PartitionBuild build = new PartitionBuild(opened.run(), others, opened.datasets(), table, base);
    BuiltBatch batch = new BuiltBatch(table, base);
    for (LedgerEntry entry : entries) {
      LocalDate day = LocalDate.parse(entry.partition());
      session.read("kept", table, base, dataset.schema().columns(), day, day, Reading.VIEW);
      if (!session.rows("select 1 from kept where " + named + " limit 1").isEmpty()) {
        session.define("run_date", day);
        rebuilt.add(day);
        Origin origin =
            new Origin(entry.recipe(), entry.inputs(), -1, entry.missing(), entry.sources());
        batch.add(build.build(session, Partition.of(day), origin));
      }
    }
    return batch.commit();
  }

  private void tell(SortedSet<String> found, RunReport report) {
    found.forEach(
        place -> {
          Matcher day = DAY.matcher(place);
          if (day.find()) {
            rebuilt.add(LocalDate.parse(day.group(1)));
          }
        });
    if (!rebuilt.isEmpty()) {
      report.fact("erased.days", rebuilt.first() + " " + rebuilt.last());
    }
    if (!found.isEmpty()) {
      throw new JobException(
          ExitCode.NOT_READY,
          "Still found in %d places: %s. Run cleanse, process and calculate%s, vacuum them with --keep-history PT0S --keep-snapshots 1 --orphans-older-than PT0S, and erase again (./ltv erase does)."
              .formatted(
                  found.size(),
                  String.join(", ", found.stream().limit(10).toList()),
                  rebuilt.isEmpty()
                      ? ""
                      : " --from " + rebuilt.first() + " --to " + rebuilt.last()));
    }
  }
}
