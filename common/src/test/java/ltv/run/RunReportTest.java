package ltv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import ltv.run.PartitionOutcome.Committed;
import ltv.run.PartitionOutcome.Conflict;
import ltv.run.PartitionOutcome.Failed;
import ltv.run.PartitionOutcome.Held;
import ltv.run.PartitionOutcome.NotReady;
import ltv.run.PartitionOutcome.Unchanged;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final Run RUN =
      new Run("cleanse", "r1", Instant.parse("2026-11-20T00:00:00Z"), new StopSignal());

  @Test
  void mixed_ends_take_the_most_serious_code() {
    RunReport report = new RunReport();
    report.add(
        List.of(
            new Committed("a", "2026-11-19", 3, 1, false),
            new NotReady("b", "2026-11-19", "x"),
            new Held("c", "2026-11-19", "y"),
            new Conflict("d", "2026-11-19", "z")));

    assertEquals(ExitCode.HELD, report.exitCode());
  }

  @Test
  void the_json_is_one_line_that_counts_ends_and_names_problems() {
    RunReport report = new RunReport();
    report.add(
        List.of(
            new Committed("a", "2026-11-18", 3, 1, true),
            new Committed("a", "2026-11-19", 4, 1, false),
            new Unchanged("b", "2026-11-19")));
    report.fact("marts", "x.duckdb");

    assertEquals(
        "{\"job\":\"cleanse\",\"run_id\":\"r1\",\"days\":\"2026-11-19\",\"exit\":0,"
            + "\"meaning\":\"committed, or unchanged\",\"marts\":\"x.duckdb\","
            + "\"datasets\":{\"a\":{\"committed\":2,\"rows\":7},\"b\":{\"unchanged\":1}},"
            + "\"restated\":{\"a\":[\"2026-11-18\"]},"
            + "\"problems\":[],\"problems_total\":0}",
        report.json(RUN, "2026-11-19", report.exitCode()));
  }

  @Test
  void a_flood_of_problems_is_cut_and_counted() {
    RunReport report = new RunReport();
    report.add(IntStream.range(0, 50).mapToObj(i -> new NotReady("a", "p" + i, "x" + i)).toList());

    String json = report.json(RUN, "d", report.exitCode());

    assertTrue(json.contains("\"problems_total\":50"), json);
    assertTrue(json.contains("a/p19") && !json.contains("a/p20"), json);
  }

  @Test
  void what_only_follows_something_held_is_one_problem_and_accounts_are_no_span() {
    RunReport report = new RunReport();
    report.add(
        List.of(
            new Held("fct", "2026-11-19", "spend is unusual.", false),
            new Held("a", "2026-11-19", "built on fct/2026-11-19, which is held.", true),
            new Held("b", "2026-11-19", "built on fct/2026-11-19, which is held.", true),
            new Held("c", "2026-11-19", "built on a/2026-11-19, which is held.", true),
            new Held("d", "2026-11-19", "built on b/2026-11-19, which is held.", true),
            new Failed("s", "2026-11-19 of account 1", ExitCode.REFUSED, "no."),
            new Failed("s", "2026-11-19 of account 2", ExitCode.REFUSED, "no.")));

    List<String> problems = report.problems();

    assertEquals(3, problems.size(), problems.toString());
    assertTrue(
        problems
            .get(0)
            .startsWith("fct/2026-11-19 is built and held, readers do not get it: spend"),
        problems.get(0));
    assertEquals(
        "s/2026-11-19 of account 1, 2026-11-19 of account 2 was not read, nothing of it changed: no.",
        problems.get(1));
    assertEquals(
        "4 are held with what they are built on: a/2026-11-19, b/2026-11-19, c/2026-11-19 …",
        problems.get(2));
  }

  @Test
  void what_is_alike_for_several_days_is_said_once() {
    RunReport report = new RunReport();
    report.add(
        List.of(
            new Failed("a", "2026-11-18", ExitCode.REFUSED, "the token is refused"),
            new Failed("b", "2026-11-18", ExitCode.REFUSED, "the token is refused"),
            new Failed("a", "2026-11-16", ExitCode.REFUSED, "the token is refused"),
            new Failed("a", "2026-11-17", ExitCode.UNAVAILABLE, "no answer")));

    assertEquals(
        List.of(
            "a/2026-11-16 to 2026-11-18 (2) was not read, nothing of it changed: the token is refused",
            "b/2026-11-18 was not read, nothing of it changed: the token is refused",
            "a/2026-11-17 was not read, nothing of it changed: no answer"),
        report.problems());
  }

  @Test
  void a_failure_of_the_whole_run_decides_its_code() {
    RunReport report = new RunReport();
    report.failed(new JobException(ExitCode.CONFIGURATION, "bad"));

    assertEquals(ExitCode.CONFIGURATION, report.exitCode());
    assertEquals(List.of("bad"), report.problems());
  }

  @Test
  void every_code_is_used_once_and_explained() {
    assertEquals(
        ExitCode.values().length,
        IntStream.of(List.of(ExitCode.values()).stream().mapToInt(ExitCode::code).toArray())
            .distinct()
            .count());
    for (ExitCode code : ExitCode.values()) {
      assertTrue(!code.meaning().isBlank() && !code.scheduler().isBlank(), code.name());
    }
  }
}
