package ltv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RunFlagsTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  @Test
  void a_date_is_the_daily_run_of_that_day() {
    assertEquals(new Days(DAY, DAY, Days.Reach.WITH_LOOKBACK), days("--date", "2026-11-19"));
  }

  @Test
  void a_range_is_exactly_its_days() {
    assertEquals(
        new Days(DAY.minusDays(1), DAY, Days.Reach.EXACT),
        days("--from", "2026-11-18", "--to", "2026-11-19"));
  }

  @Test
  void a_data_interval_is_read_in_the_sites_zone() {
    Days days =
        days(
            "--data-interval-start", "2026-11-18T15:00:00Z",
            "--data-interval-end", "2026-11-19T15:00:00Z");

    assertEquals(new Days(DAY, DAY, Days.Reach.WITH_LOOKBACK), days);
  }

  @Test
  void an_empty_or_partial_interval_is_a_usage_error() {
    for (String end : new String[] {"2026-11-18T15:00:00Z", "2026-11-19T03:00:00Z"}) {
      JobException e =
          assertThrows(
              JobException.class,
              () ->
                  days(
                      "--data-interval-start", "2026-11-18T15:00:00Z", "--data-interval-end", end));
      assertEquals(ExitCode.USAGE, e.exitCode());
      assertTrue(e.getMessage().contains("give whole days of the site's zone"), e.getMessage());
    }
  }

  @Test
  void no_day_and_two_kinds_of_days_are_usage_errors_that_show_the_ways() {
    for (String[] args :
        new String[][] {
          {}, {"--from", "2026-11-19"}, {"--date", "2026-11-19", "--to", "2026-11-19"}
        }) {
      JobException e = assertThrows(JobException.class, () -> days(args));
      assertEquals(ExitCode.USAGE, e.exitCode());
      assertTrue(e.getMessage().contains("--date 2026-11-19"), e.getMessage());
    }
  }

  @Test
  void a_range_that_ends_before_it_begins_is_refused() {
    JobException e =
        assertThrows(JobException.class, () -> days("--from", "2026-11-19", "--to", "2026-11-18"));

    assertEquals(
        "--to 2026-11-18 lies before --from 2026-11-19; give the earlier day as --from",
        e.getMessage());
  }

  private static Days days(String... args) {
    RunFlags flags = new RunFlags();
    String[] all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--config";
    all[args.length + 1] = "x.yaml";
    new CommandLine(flags).parseArgs(all);
    return flags.days(SEOUL);
  }
}
