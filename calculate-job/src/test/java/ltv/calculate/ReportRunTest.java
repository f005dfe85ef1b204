package ltv.calculate;

import static ltv.calculate.report.type.Marts.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ltv.calculate.explore.ExploreWorld;
import ltv.calculate.explore.Explorer;
import ltv.calculate.report.file.ReadBack;
import ltv.calculate.report.type.product.ProductWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report} and {@code explore} over the tables of a small lake. */
class ReportRunTest {
  private static final String WEEK = "2026-W47";
  private static final LocalDate SUNDAY = LocalDate.of(2026, 11, 22);

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private HttpServer slack;
  private Path site;
  private MadeLake lake;

  @BeforeEach
  void build() throws IOException {
    slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slack.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    slack.start();
    site =
        Files.writeString(
            folder.resolve("site.yaml"),
            """
            site: shop
            home: %s
            reports: {base_url: "https://reports.example.kr/", slack: {webhook: "http://127.0.0.1:%d/hook"}}
            """
                .formatted(folder.resolve("home"), slack.getAddress().getPort()));
    lake = new MadeLake(site);
    cohorts("run-1", 300);
    products("run-1", 9_000);
  }

  @AfterEach
  void stop() {
    slack.stop(0);
  }

  /** Of 1,000 who came first in the week before, so many came again. */
  private void cohorts(String run, long again) {
    lake.build("mart_retention_cohort", SUNDAY, run, List.of(cohort(0, 1000), cohort(1, again)));
  }

  private static Map<String, String> cohort(int age, long active) {
    return row(
        "cohort_kind",
        "visit_to_visit",
        "period",
        "week",
        "level",
        "all",
        "channel",
        "all",
        "row_kind",
        "cohort",
        "cohort_start",
        "2026-11-09",
        "periods_after",
        age,
        "cell_end",
        LocalDate.of(2026, 11, 15).plusWeeks(age),
        "cell_state",
        "complete",
        "users",
        1000,
        "is_small",
        false,
        "active_users",
        active,
        "retention",
        active / 1000.0);
  }

  private void products(String run, int revenue) {
    lake.build(
        "mart_product_daily",
        SUNDAY,
        run,
        List.of(ProductWorld.day(SUNDAY, "tea", 100, 20, 40, 9, 2, revenue)));
  }

  private int run(String command, String... flags) {
    List<String> all = new ArrayList<>(List.of(command, "--config", site.toString()));
    all.addAll(List.of(flags));
    return CalculateCommand.execute(all.toArray(String[]::new));
  }

  private int report(String... flags) {
    List<String> all = new ArrayList<>(List.of("--week", WEEK, "--type", "cohort,product"));
    all.addAll(List.of(flags));
    return run("report", all.toArray(String[]::new));
  }

  private Path published() {
    return folder.resolve("home/reports/shop");
  }

  /** The folders of a type's versions. */
  private List<Path> versions(String type) throws IOException {
    try (Stream<Path> all = Files.list(published().resolve(WEEK).resolve(type))) {
      return all.sorted().toList();
    }
  }

  private static Map<Path, FileTime> files(Path below) throws IOException {
    Map<Path, FileTime> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(below)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @Test
  void a_week_lies_in_its_folder_with_the_marts_numbers_and_its_readers_are_told()
      throws Exception {
    assertEquals(0, report());

    Path cohort = versions("cohort").get(0);
    byte[] csv = Files.readAllBytes(cohort.resolve("cohort-en-visit-to-visit.csv"));
    assertEquals(List.of("11.09 ~ 11.15", "1000", "0.3"), ReadBack.csv(csv).get(0).subList(0, 3));
    assertTrue(Files.readString(cohort.resolve("cohort-ko.html")).contains("<td>run-1</td>"));
    assertTrue(
        Files.readString(versions("product").get(0).resolve("product-en.html")).contains("₩9,000"));
    for (String language : List.of("ko", "en")) {
      String index = Files.readString(published().resolve("index-" + language + ".html"));
      assertTrue(index.contains("cohort-" + language + ".html"), index);
      assertTrue(index.contains("product-" + language + ".html"), index);
    }
    assertEquals(2, told.size(), "one message a report");
  }

  @Test
  void a_second_run_writes_no_version_and_tells_nobody() throws IOException {
    report();
    Map<Path, FileTime> first = files(published().resolve(WEEK));

    assertEquals(0, report());

    assertEquals(first, files(published().resolve(WEEK)));
    assertEquals(2, told.size());
  }

  /** As {@code run --force} does: other files and another run, the same rows. */
  @Test
  void marts_built_anew_to_the_same_rows_are_the_same_version() throws IOException {
    report();
    Map<Path, FileTime> first = files(published().resolve(WEEK));
    cohorts("run-2", 300);
    products("run-2", 9_000);

    assertEquals(0, report());

    assertEquals(first, files(published().resolve(WEEK)));
    assertEquals(2, told.size(), "nobody is told of what they know");
  }

  @Test
  void other_rows_are_another_version_of_their_type_alone() throws IOException {
    report();
    Path old = versions("product").get(0);
    Map<Path, FileTime> others = files(published().resolve(WEEK + "/cohort"));
    Map<Path, FileTime> before = files(old);
    products("run-2", 8_000);

    assertEquals(0, report());

    assertEquals(others, files(published().resolve(WEEK + "/cohort")), "not touched");
    assertEquals(before, files(old), "the old version stays as it was");
    assertEquals(2, versions("product").size());
    Path newest =
        versions("product").stream()
            .filter(version -> !version.equals(old))
            .findAny()
            .orElseThrow();
    String page = Files.readString(newest.resolve("product-en.html"));
    assertTrue(page.contains("₩8,000") && page.contains("<td>run-2</td>"));
    String latest = Files.readString(published().resolve("product/latest-ko.html"));
    assertTrue(latest.contains(newest.getFileName().toString()), latest);
    assertEquals(3, told.size(), "the readers of the product report are told of it");
  }

  @Test
  void another_place_and_one_language_are_for_oneself() throws IOException {
    Path mine = folder.resolve("mine");

    assertEquals(0, report("--to", mine.toString(), "--lang", "en"));

    List<String> pages =
        files(mine.resolve("shop/" + WEEK)).keySet().stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".html"))
            .toList();
    assertEquals(List.of("cohort-en.html", "product-en.html"), pages);
    assertFalse(Files.exists(published()));
    assertEquals(List.of(), told);
  }

  @Test
  void the_explorer_of_a_day_is_a_page_a_language_and_the_same_again() throws IOException {
    LocalDate day = ExploreWorld.AS_OF;
    try (ExploreWorld world = new ExploreWorld(folder, 4, 3, 2, 2)) {
      for (String mart : Explorer.MARTS) {
        lake.build(mart, day, "run-1", world.rows(mart));
      }
      assertEquals(0, run("explore", "--date", day.toString()));

      Path page = folder.resolve("home/reports/explore-en.html");
      String first = Files.readString(page);
      assertEquals(
          world.number("select sum(users) from mart_roas_cohort where horizon_days = 0"),
          ExploreWorld.all(ExploreWorld.data(first), "cohorts", "users"));
      assertTrue(Files.exists(folder.resolve("home/reports/explore-ko.html")));

      assertEquals(0, run("explore", "--date", day.toString()));
      assertEquals(first, Files.readString(page));
      lake.build("mart_ltv_curve", day, "run-2", List.of());
      assertEquals(0, run("explore", "--date", day.toString()));
      assertNotEquals(first, Files.readString(page));
    }
  }
}
