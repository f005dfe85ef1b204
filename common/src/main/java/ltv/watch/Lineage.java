package ltv.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import ltv.lake.TableSpec;
import ltv.run.ExitCode;
import ltv.run.PartitionOutcome;
import ltv.run.Run;
import ltv.run.RunReport;

/**
 * A run as OpenLineage events: one run of the job, and below it one for each dataset that it has
 * built or tried to. The client library is twenty jars for this one shape of JSON; a test holds the
 * events against its classes.
 */
final class Lineage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPEC = "https://openlineage.io/spec/";
  private static final int PROBLEMS = 5;

  private final Run run;
  private final String namespace;
  private final Optional<Instant> day;
  private final Mask mask;
  private final LineageTable names;
  private final String producer;

  /**
   * The events of a run.
   *
   * @param namespace of its jobs
   * @param warehouse folder or {@code s3://bucket/prefix} that its tables are below
   * @param landing the same of what sources sent
   * @param day beginning of the last day that it is about; empty for a run without days
   */
  Lineage(
      Run run,
      String namespace,
      String warehouse,
      String landing,
      Optional<Instant> day,
      Mask mask) {
    this.run = run;
    this.namespace = namespace;
    this.day = day;
    this.mask = mask;
    this.names = new LineageTable(this, namespace, warehouse, landing);
    this.producer =
        "urn:ltv:" + RunFile.version().replaceAll("[^A-Za-z0-9.-]+", ":").replaceFirst(":$", "");
  }

  /** The run has begun. */
  String started() {
    return event("START", run.startedAt(), run.job(), "JOB").toString();
  }

  /** How each dataset of the run ended, and then the run. */
  List<String> ended(RunWatch.Ended ended) {
    RunReport report = ended.report();
    List<String> events = new ArrayList<>();
    report
        .worked()
        .forEach(
            (dataset, work) -> {
              List<PartitionOutcome> ends =
                  report.outcomes().stream().filter(o -> o.dataset().equals(dataset)).toList();
              if (!ends.stream().allMatch(PartitionOutcome.Unchanged.class::isInstance)) {
                TableSpec spec = ended.specs().apply(dataset);
                Optional<TableFacts> table = Optional.ofNullable(ended.tables().get(dataset));
                events.addAll(told(new Built(spec, work, ends, table), ended.specs()));
              }
            });
    ObjectNode last = event(type(report.exitCode()), ended.at(), run.job(), "JOB");
    fail(last, report.exitCode(), report.problems());
    events.add(last.toString());
    return events;
  }

  /** The work on one dataset and what came of it; without facts where the lake was away. */
  private record Built(
      TableSpec spec,
      RunReport.Worked work,
      List<PartitionOutcome> ends,
      Optional<TableFacts> table) {
    ExitCode exit() {
      return ExitCode.worst(ends.stream().map(PartitionOutcome::exitCode).toList());
    }

    List<String> problems() {
      return ends.stream()
          .filter(o -> o.exitCode() != ExitCode.OK)
          .map(PartitionOutcome::explain)
          .toList();
    }
  }

  private List<String> told(Built built, Function<String, TableSpec> specs) {
    String job = run.job() + "." + built.spec.name();
    ObjectNode start = event("START", built.work.startedAt(), job, "DATASET");
    Duration took = built.work.took();
    ObjectNode end = event(type(built.exit()), built.work.startedAt().plus(took), job, "DATASET");
    for (ObjectNode event : List.of(start, end)) {
      ObjectNode parent = runFacet(event, "parent", "facets/1-2-0/ParentRunFacet");
      parent.putObject("run").put("runId", id(run.job()));
      parent.putObject("job").put("namespace", namespace).put("name", run.job());
    }
    ArrayNode inputs = end.putArray("inputs");
    built
        .work
        .inputs()
        .forEach((input, snapshot) -> names.table(inputs, specs.apply(input), snapshot));
    built.table.ifPresent(
        table -> {
          table.sources().forEach(source -> names.landed(inputs, source));
          ObjectNode output = names.table(end.putArray("outputs"), built.spec, table.snapshot());
          if (table.added().files() > 0) {
            names.statistics(output, table.added());
          }
        });
    fail(end, built.exit(), built.problems());
    return List.of(start.toString(), end.toString());
  }

  private ObjectNode event(String type, Instant at, String job, String kind) {
    ObjectNode event = JSON.createObjectNode();
    event.put("eventType", type).put("eventTime", at.toString()).put("producer", producer);
    event.put("schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent");
    event.putObject("run").put("runId", id(job));
    event.putObject("job").put("namespace", namespace).put("name", job);
    facet(event.withObjectProperty("job"), "facets", "jobType", "facets/2-0-4/JobTypeJobFacet")
        .put("processingType", "BATCH")
        .put("integration", "LTV")
        .put("jobType", kind);
    runFacet(event, "tags", "facets/1-0-0/TagsRunFacet")
        .putArray("tags")
        .addObject()
        .put("key", "run_id")
        .put("value", run.id());
    day.ifPresent(
        begins ->
            runFacet(event, "nominalTime", "facets/1-0-1/NominalTimeRunFacet")
                .put("nominalStartTime", begins.toString())
                .put("nominalEndTime", begins.plus(Duration.ofDays(1)).toString()));
    return event;
  }

  private static String type(ExitCode exit) {
    return switch (exit) {
      case OK -> "COMPLETE";
      case INTERRUPTED, TERMINATED, SWITCHED_OFF -> "ABORT";
      default -> "FAIL";
    };
  }

  private void fail(ObjectNode event, ExitCode exit, List<String> problems) {
    if (exit != ExitCode.OK) {
      String some = String.join("\n", problems.stream().limit(PROBLEMS).toList());
      runFacet(event, "errorMessage", "facets/1-0-1/ErrorMessageRunFacet")
          .put("message", exit.meaning() + ": " + mask.of(some))
          .put("programmingLanguage", "JAVA");
    }
  }

  /** The same of a job or dataset in all events of the run. */
  private String id(String job) {
    byte[] name = (run.id() + " " + job).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }

  private ObjectNode runFacet(ObjectNode event, String name, String schema) {
    return facet(event.withObjectProperty("run"), "facets", name, schema);
  }

  /** Adds a facet, whose schema has the name of its file. */
  ObjectNode facet(ObjectNode of, String group, String name, String schema) {
    return of.withObjectProperty(group)
        .putObject(name)
        .put("_producer", producer)
        .put(
            "_schemaURL",
            SPEC + schema + ".json#/$defs/" + schema.substring(schema.lastIndexOf('/') + 1));
  }
}
