package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;
import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.dataset.Repository;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look after a site, by the jobs' own jars. */
@Tag("slow")
class UpkeepIT {
  @TempDir private Path folder;

  private FileSite twoDays(FileSite site) {
    site.sell(1, "o1,ann,100", "o2,bob,200");
    site.sell(2, "o3,ann,50");
    site.chain(days(1, 2));
    return site;
  }

  private static String[] command(String name, String[] days) {
    return Stream.concat(Stream.of(name), Stream.of(days)).toArray(String[]::new);
  }

  @Test
  void verify_passes_for_every_day_and_names_the_file_of_which_one_byte_was_changed()
      throws IOException {
    FileSite site = twoDays(new FileSite(folder));
    for (String job : Repository.JOBS) {
      Ended well = site.run(job, command("verify", days(1, 2))).with(0);
      assertTrue(well.count("verified") >= 2, well.out());
    }
    Map<String, String> readBy = new LinkedHashMap<>();
    readBy.put("landing/file/orders/*/page-000001.csv.gz", "ingest");
    readBy.put("landing/file/orders/*/_request.json", "ingest");
    readBy.put("warehouse/ingest/src_file__orders/data/*.parquet", "cleanse");
    readBy.put("warehouse/cleanse/stg_order/data/*.parquet", "process");
    readBy.put("warehouse/process/fct_order/data/*.parquet", "calculate");
    readBy.put("warehouse/calculate/mart_campaign_daily/data/*.parquet", "calculate");

    for (Map.Entry<String, String> kind : readBy.entrySet()) {
      Path file = find(site, kind.getKey());
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[good.length / 2] ^= 1;
      Files.write(file, bad);

      Ended broken = site.run(kind.getValue(), command("verify", days(1, 2)));

      assertEquals(65, broken.exit(), kind.getKey() + broken.err());
      assertTrue(
          broken.report().path("problems").toString().contains(file.getFileName().toString()),
          broken.out());
      Files.write(file, good);
      site.run(kind.getValue(), command("verify", days(1, 2))).with(0);
    }
  }

  /** One of the files of a kind, {@code *} being anything. */
  private static Path find(FileSite site, String kind) throws IOException {
    String regex = ".*/" + kind.replace(".", "\\.").replace("*", ".*");
    try (Stream<Path> all = Files.walk(site.home())) {
      return all.filter(f -> f.toString().matches(regex)).sorted().findFirst().orElseThrow();
    }
  }

  @Test
  void a_lost_state_database_is_recovered_from_the_warehouse() throws IOException {
    FileSite site = twoDays(new FileSite(folder));
    Map<String, String> before = status(site);
    try (Stream<Path> state = Files.list(site.home())) {
      for (Path file :
          state.filter(f -> f.getFileName().toString().startsWith("state.db")).toList()) {
        Files.delete(file);
      }
    }
    assertFalse(before.equals(status(site)), "the status is lost");

    Repository.JOBS.forEach(job -> site.run(job, "recover").with(0));

    assertEquals(before, status(site));
    Repository.JOBS.forEach(
        job -> assertEquals(0, site.run(job, days(1, 2)).with(0).count("committed"), job));
  }

  @Test
  void the_same_in_mariadb_over_s3() throws IOException {
    try (Places places = new Places(folder.resolve("servers"))) {
      String settings = places.settings();
      FileSite site = twoDays(new FileSite(Files.createDirectories(folder.resolve("a")), settings));
      Map<String, String> before = status(site);
      FileSite forgotten =
          new FileSite(Files.createDirectories(folder.resolve("b")), places.forgotten(settings));

      Repository.JOBS.forEach(job -> forgotten.run(job, "recover").with(0));

      assertEquals(before, status(forgotten));
      for (String job : Repository.JOBS) {
        assertEquals(site.lake().rows(job), forgotten.lake().rows(job), job);
        site.run(job, command("verify", days(1, 2))).with(0);
        String findings = site.run(job, "doctor").with(0).out();
        assertTrue(findings.contains("ok    state jdbc:mariadb"), findings);
      }
      assertEquals("350", site.read("select cast(sum(revenue) as int) from mart_campaign_daily"));
    }
  }

  /** What the status commands print of both days, but for the JSON line. */
  private static Map<String, String> status(FileSite site) {
    Map<String, String> status = new TreeMap<>();
    for (String job : Repository.JOBS) {
      String out = site.run(job, command("status", days(1, 2))).with(0).out();
      status.put(
          job, out.lines().filter(line -> !line.startsWith("{")).collect(Collectors.joining("\n")));
    }
    return status;
  }

  @Test
  void status_says_what_is_stale_or_missing_and_the_command_that_mends_it() {
    FileSite site = twoDays(new FileSite(folder));
    site.sell(1, "o1,ann,999");
    site.run("ingest", days(1, 1)).with(0);

    Ended stale = site.run("cleanse", command("status", days(1, 2))).with(0);

    assertTrue(stale.out().contains("stale"), stale.out());
    String mend = stale.report().path("mend").asText();
    assertEquals(
        "./ltv cleanse --config " + site.config() + " --from " + day(1) + " --to " + day(2),
        mend,
        "day 2 sees the orders of day 1, too");
    String next = site.run("cleanse", command("status", days(3, 3))).with(0).out();
    assertTrue(next.contains("waiting"), "day 3 waits for ingest: " + next);
    site.run("cleanse", mend.substring(mend.indexOf("--from")).split(" ")).with(0);
    assertFalse(
        site.run("cleanse", command("status", days(1, 2))).with(0).report().has("mend"), "mended");
  }

  /** Runs what the page says, one command after the other, until it says nothing more. */
  private static void mend(FileSite site, Ended page) {
    for (String line : page.out().lines().filter(l -> l.startsWith("     ./ltv ")).toList()) {
      String[] words = line.strip().split(" ");
      List<String> flags = new ArrayList<>(List.of(words).subList(2, words.length));
      int config = flags.indexOf("--config"); // which the site adds by itself
      flags.subList(config, config + 2).clear();
      site.run(words[1], flags.toArray(String[]::new)).with(0);
    }
  }

  private static Ended page(FileSite site, int from, int to) {
    return site.run("calculate", command("morning", days(from, to)));
  }

  @Test
  void the_page_of_a_morning_has_the_commands_that_leave_nothing_to_do() throws IOException {
    FileSite site = twoDays(new FileSite(folder));
    Ended well = page(site, 1, 2).with(0);
    assertTrue(well.out().contains("\nnothing to do\n"), well.out());
    assertEquals("0", well.report().path("to_do").asText());

    Files.delete(site.marts());
    Ended unseen = page(site, 1, 2).with(66);
    assertTrue(
        unseen
            .out()
            .contains(
                "\n1 thing to do, the first: ./ltv calculate publish --config "
                    + site.config()
                    + "\n"),
        unseen.out());
    mend(site, unseen);
    page(site, 1, 2).with(0);

    site.sell(3, "o4,cid,10");
    Ended missing = page(site, 1, 3).with(66);
    assertEquals(
        "./ltv ingest --config "
            + site.config()
            + " --channel file --from "
            + day(3)
            + " --to "
            + day(3),
        missing.report().path("mend").asText());
    assertEquals(4, missing.report().path("problems_total").asInt(), missing.out());
    mend(site, missing);
    assertTrue(page(site, 1, 3).with(0).out().contains("\nnothing to do\n"));
    assertEquals("360", revenue(site));
  }

  @Test
  void a_day_is_rolled_back_and_a_lost_mart_file_is_published_again() throws IOException {
    FileSite site = twoDays(new FileSite(folder));
    site.sell(2, "o3,ann,7000");
    site.chain(days(2, 2));
    assertEquals("7300", revenue(site));

    Ended back = site.run("calculate", command("rollback", days(2, 2))).with(0);
    Files.delete(site.marts());
    site.run("calculate", "publish").with(0);

    assertTrue(back.count("committed") > 0, back.out());
    assertEquals("350", revenue(site));
    site.run("calculate", days(2, 2)).with(0);
    assertEquals("7300", revenue(site), "a run builds it again from what is there");
  }

  private static String revenue(FileSite site) {
    return site.read("select cast(sum(revenue) as int) from mart_campaign_daily");
  }
}
