package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;
import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.dataset.Repository;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders worth eight times as much as usual, from the drop folder to what readers see. */
@Tag("slow")
class HoldIT {
  private static final int ODD = 16;
  private static final String REVENUE =
      "select coalesce(cast(sum(revenue) as bigint), 0) from mart_campaign_daily where report_date = date '%s'";
  private static final String NEWEST = "select max(as_of_date) from mart_ltv_curve";
  private static final String STATUS =
      "select state || ': ' || problem || missing from mart_status where dataset = '%s' and part = '%s'";

  @TempDir private Path folder;
  private FileSite site;

  @BeforeEach
  void two_usual_weeks_and_a_day_that_is_not() {
    site = new FileSite(folder);
    IntStream.rangeClosed(1, ODD - 1).forEach(n -> sell(n, 1000));
    site.chain(days(1, ODD - 1));
    sell(ODD, 8000);
  }

  private void sell(int n, int amount) {
    site.sell(
        n,
        IntStream.rangeClosed(1, 12)
            .mapToObj(i -> "o%d-%d,c%d,%d".formatted(n, i, i, amount + i))
            .toArray(String[]::new));
  }

  private List<Integer> daily(int n) {
    return Repository.JOBS.stream()
        .map(job -> site.run(job, "--date", day(n).toString()).exit())
        .toList();
  }

  private String status(String mart, int n) {
    return site.read(STATUS.formatted(mart, day(n)));
  }

  private String revenue(int n) {
    return site.read(REVENUE.formatted(day(n)));
  }

  @Test
  void it_is_held_until_somebody_releases_it_as_it_was_built_or_rejects_it() {
    assertEquals(List.of(0, 0, 65, 65), daily(ODD));

    assertEquals("0", revenue(ODD));
    assertEquals(day(ODD - 1).toString(), site.read(NEWEST), "yesterday's stays");
    String told = status("mart_campaign_daily", ODD);
    assertTrue(
        told.startsWith(
            "held: Built, not published; the version before it stays: built on fct_order/2026-11-16"),
        told);
    Ended list = hold(0, "list");
    assertTrue(
        list.out()
            .contains(
                "unusual   fct_order/2026-11-16: purchase revenue: 96,078; usual for a Monday is 12,078"),
        list.out());
    assertTrue(list.out().contains("tables of the day follow: "), list.out());
    Ended page = site.run("calculate", "morning", "--date", day(ODD).toString()).with(65);
    assertTrue(page.out().matches("(?s).*readers +wait for \\d+ of \\d+ marts.*"), page.out());

    sell(ODD + 1, 1000);
    assertEquals(List.of(0, 0, 0, 0), daily(ODD + 1));
    assertEquals("12078", revenue(ODD + 1));
    told = status("mart_ltv_curve", ODD + 1);
    assertTrue(told.contains("fct_order/2026-11-16 (held)"), told);

    Ended show = hold(0, "show", day(ODD).toString());
    assertTrue(show.out().contains("readers see nothing of the day"), show.out());
    assertTrue(show.out().matches("(?s).*\\d+ follow: .*"), show.out());
    assertTrue(show.out().contains("run --config %s --date %s".formatted(site.config(), day(ODD))));
    assertTrue(show.out().contains("hold release --config " + site.config()), show.out());
    hold(64, "release", day(ODD - 1).toString(), "--why", "x");
    Ended released = hold(0, "release", day(ODD).toString(), "--why", "the sale", "--by", "kim");
    assertTrue(released.out().contains("\"published\":\"replaced\""), released.out());

    assertEquals("96078", revenue(ODD));
    told = status("mart_campaign_daily", ODD);
    assertTrue(told.startsWith("published: Unusual, released by kim at "), told);

    sell(ODD + 2, 90_000);
    assertEquals(List.of(0, 0, 65, 65), daily(ODD + 2), "ten times what was released");
    site.run("calculate", "--date", day(ODD + 1).toString()).with(0);
    assertEquals("published:", status("mart_ltv_curve", ODD + 1), "built again, it has the day");
    hold(0, "reject", day(ODD + 2).toString(), "--why", "sent twice", "--by", "kim");

    assertEquals(0, site.run("process", "--date", day(ODD + 2).toString()).exit());
    assertEquals(0, site.run("calculate", "--date", day(ODD + 2).toString()).exit());
    assertEquals("0", revenue(ODD + 2));
    told = status("mart_campaign_daily", ODD + 2);
    assertTrue(told.startsWith("rejected: Built, not published"), told);
    assertTrue(told.contains("rejected by kim at ") && told.contains("sent twice"), told);
    assertTrue(hold(0, "list").out().contains("Nothing is held."));
    assertTrue(hold(0, "list", "--all").out().contains("rejected  fct_order/2026-11-18"));
  }

  private Ended hold(int exit, String... words) {
    return site.run(
            "calculate", Stream.concat(Stream.of("hold"), Stream.of(words)).toArray(String[]::new))
        .with(exit);
  }
}
