package ltv.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.config.SiteConfig;
import ltv.lake.Fingerprint;
import ltv.lake.Storage;
import ltv.run.JobVersion;
import ltv.run.PartitionOutcome;
import ltv.run.Run;
import ltv.run.RunReport;

/**
 * The report of one run in the warehouse, {@code _runs/<day of its start, UTC>/<job>-<run>.json}.
 * It is there from the beginning: one whose state is {@code started} long after was killed. People
 * and tools read it, and the page of a morning; no run does.
 */
public final class RunFile implements RunWatch.Teller {
  private static final String FOLDER = "_runs";

  /** A run of years names thousands of partitions; what happened to the others is counted. */
  private static final int NAMED = 400;

  private static final int PROBLEMS = 200;

  private static final String WHY = "why";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SiteConfig site;
  private final String name;
  private final ObjectNode root = JSON.createObjectNode();
  private final Mask mask;

  RunFile(SiteConfig site, Run run, Watched watched, Mask mask) {
    this.site = site;
    this.mask = mask;
    this.name =
        "%s/%s/%s-%s.json"
            .formatted(
                FOLDER, LocalDate.ofInstant(run.startedAt(), ZoneOffset.UTC), run.job(), run.id());
    root.put("state", "started").put("site", site.site()).put("job", run.job());
    root.put("command", watched.command()).put("run_id", run.id()).put("version", version());
    root.put("started_at", run.startedAt().toString());
    ObjectNode flags = root.putObject("flags");
    flags.put("days", watched.flags().toString());
    flags.put("config", watched.flags().config().toString());
    flags.put("config_sha256", hash(watched.flags().config()));
    watched.channels().forEach(flags.withArray("channel")::add);
    watched.flags().only().forEach(flags.withArray("dataset")::add);
  }

  /** The version and commit of the job. */
  static String version() {
    try {
      return new JobVersion().getVersion()[0];
    } catch (Exception e) { // a manifest that cannot be read
      return "unknown";
    }
  }

  private static String hash(Path config) {
    try {
      return Fingerprint.of(Files.readAllBytes(config));
    } catch (IOException e) {
      return "unknown";
    }
  }

  @Override
  public String what() {
    return "The report of the run is not in the warehouse";
  }

  @Override
  public void begun() throws IOException {
    write();
  }

  @Override
  public void ended(RunWatch.Ended ended) throws IOException {
    RunReport report = ended.report();
    root.put("state", "ended").put("ended_at", ended.at().toString());
    root.put("exit", report.exitCode().code()).put("meaning", report.exitCode().meaning());
    report
        .facts()
        .forEach((fact, value) -> root.withObjectProperty("facts").put(fact, mask.of(value)));
    ObjectNode datasets = root.putObject("datasets");
    report.worked().forEach((dataset, work) -> tell(datasets.putObject(dataset), work));
    ended.tables().forEach((dataset, table) -> tell(datasets.withObjectProperty(dataset), table));
    report
        .outcomes()
        .forEach(outcome -> tell(datasets.withObjectProperty(outcome.dataset()), outcome));
    ended.report().measures().stream()
        .filter(measure -> !measure.metric().labels().contains("dataset")) // told with it
        .forEach(this::tell);
    List<String> problems = report.problems();
    problems.stream().limit(PROBLEMS).map(mask::of).forEach(root.putArray("problems")::add);
    root.put("problems_total", problems.size());
    write();
  }

  private void tell(RunReport.Measure measure) {
    root.withArray("figures")
        .addObject()
        .put("name", measure.metric().published())
        .put("value", measure.value())
        .set("labels", labels(measure));
  }

  private static ObjectNode labels(RunReport.Measure measure) {
    ObjectNode labels = JSON.createObjectNode();
    for (int i = 0; i < measure.labels().size(); i++) {
      labels.put(measure.metric().labels().get(i), measure.labels().get(i));
    }
    return labels;
  }

  private static void tell(ObjectNode dataset, RunReport.Worked work) {
    dataset.put("started_at", work.startedAt().toString());
    dataset.put("seconds", work.took().toMillis() / 1000.0);
    work.inputs().forEach(dataset.withObjectProperty("inputs")::put);
  }

  private static void tell(ObjectNode dataset, TableFacts table) {
    dataset.put("snapshot", table.snapshot());
    table.newest().ifPresent(day -> dataset.put("newest_day", day.toString()));
    dataset.put("held", table.heldPartitions());
    table.sources().forEach(dataset.withArray("sources")::add);
    table.removed().forEach(dataset.withObjectProperty("removed")::put);
  }

  private void tell(ObjectNode dataset, PartitionOutcome outcome) {
    ObjectNode ends = dataset.withObjectProperty("ends");
    ends.put(outcome.state(), ends.path(outcome.state()).asLong() + 1);
    boolean told = dataset.path("partitions").size() < NAMED;
    if (outcome instanceof PartitionOutcome.Committed committed) {
      dataset.put("rows", dataset.path("rows").asLong() + committed.rows());
      if (told) {
        dataset
            .withObjectProperty("partitions")
            .putObject(outcome.partition())
            .put("end", outcome.state())
            .put("rows", committed.rows())
            .put("snapshot", Long.toString(committed.snapshotId()))
            .put("restated", committed.restated());
      }
    } else if (told && !(outcome instanceof PartitionOutcome.Unchanged)) {
      dataset
          .withObjectProperty("partitions")
          .putObject(outcome.partition())
          .put("end", outcome.state())
          .put(WHY, mask.of(outcome.what().strip()));
    }
  }

  private void write() throws IOException {
    try (Storage warehouse = Storage.warehouse(site)) {
      warehouse.write(
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root), warehouse.location(name));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is JSON", e);
    }
  }

  /**
   * Why partitions were not built, by {@code dataset/partition}, as the newest run says it that
   * says anything of them.
   *
   * @param since the first day of the runs, UTC
   */
  public static Map<String, String> whys(SiteConfig site, String job, LocalDate since) {
    Map<String, String> whys = new TreeMap<>();
    try (Storage warehouse = Storage.warehouse(site)) {
      List<String> reports =
          warehouse.list(warehouse.location(FOLDER)).stream()
              .map(Storage.StoredFile::location)
              .filter(file -> day(file).compareTo(since.toString()) >= 0)
              .filter(file -> file.contains("/" + job + "-"))
              .sorted()
              .toList();
      for (String report : reports) {
        JsonNode datasets = JSON.readTree(warehouse.read(report)).path("datasets");
        datasets.forEachEntry((name, dataset) -> whys(name, dataset.path("partitions"), whys));
      }
      return whys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void whys(String dataset, JsonNode partitions, Map<String, String> whys) {
    partitions.forEachEntry(
        (partition, end) ->
            whys.compute(dataset + "/" + partition, (name, before) -> end.path(WHY).asText(null)));
  }

  /**
   * Removes the reports of runs of days before.
   *
   * @return how many there were
   */
  public static long removeBefore(SiteConfig site, Instant limit) {
    String first = LocalDate.ofInstant(limit, ZoneOffset.UTC).toString();
    try (Storage warehouse = Storage.warehouse(site)) {
      List<String> old =
          warehouse.list(warehouse.location(FOLDER)).stream()
              .map(Storage.StoredFile::location)
              .filter(file -> day(file).compareTo(first) < 0)
              .toList();
      old.forEach(warehouse::delete);
      return old.size();
    }
  }

  private static String day(String location) {
    String[] parts = location.split("/");
    return parts[parts.length - 2];
  }
}
