import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.BuiltPartition;
import ltv.lake.Column;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.Retention;
import ltv.lake.TableSpec;

/** A year of daily runs of one table: the new day and the seven before it are replaced each day. */
public class Upkeep {
  private static final LocalDate D1 = LocalDate.of(2025, 11, 1);
  private static final int LOOKBACK = 7;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int AROUND = 10;
  private static final TableSpec SALES =
      new TableSpec(
          "cleanse",
          "stg_sale",
          List.of(
              Column.of("sold_on", "date"),
              Column.of("id", "string"),
              Column.of("amount", "decimal(18,4)")),
          Optional.of("sold_on"));

  private record Year(List<Double> pins, List<Double> commits, List<Double> cpu) {
    /** Milliseconds of pin and commit. */
    double ms(int day) {
      return usual(pins, day) + usual(commits, day);
    }
  }

  public static void main(String... args) throws IOException {
    int days = Integer.parseInt(args[0]);
    Path home = Path.of(args[1]);
    year(home.resolve("warm"), 100, true); // the first commits of a process compile Iceberg
    double ratio = 0;
    for (boolean weekly : List.of(true, false)) {
      Path site = home.resolve(weekly ? "weekly" : "never");
      Year year = year(site, days, weekly);
      ratio = weekly ? year.ms(days) / year.ms(AROUND) : ratio;
      System.out.printf(
          "vacuum %-6s  day %d: look %.1f ms, commit %.1f ms; day %d: look %.1f ms, commit %.1f ms; %.2f times, CPU %.1f and %.1f ms%n",
          weekly ? "weekly" : "never",
          10,
          usual(year.pins, AROUND),
          usual(year.commits, AROUND),
          days,
          usual(year.pins, days),
          usual(year.commits, days),
          year.ms(days) / year.ms(AROUND),
          usual(year.cpu, AROUND),
          usual(year.cpu, days));
      System.out.printf(
          "               metadata %s, data %s, _ledger %s, state %s%n",
          size(site.resolve("warehouse/cleanse/stg_sale/metadata")),
          size(site.resolve("warehouse/cleanse/stg_sale/data")),
          size(site.resolve("warehouse/_ledger")),
          size(site.resolve("state.db")));
    }
    if (!args[2].isEmpty() && ratio > Double.parseDouble(args[2])) {
      System.out.printf("%.2f is more than %s%n", ratio, args[2]);
      System.exit(1);
    }
  }

  private static Year year(Path home, int days, boolean weekly) throws IOException {
    Path file = home.resolve("site.yaml");
    Files.createDirectories(home);
    Files.writeString(file, "site: upkeep\nhome: " + home + "\n");
    SiteConfig site = SiteConfig.read(file, Map.of());
    Year year = new Year(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (Lake lake = Lake.open(site);
        DuckDb engine = new DuckDb(site.engine(), site.scratch().resolve("engine"));
        DuckDbSession session = engine.open()) {
      for (int day = 0; day < days; day++) {
        LakeTable table = lake.table(SALES);
        List<BuiltPartition> built = new ArrayList<>();
        for (int back = Math.min(LOOKBACK, day); back >= 0; back--) {
          built.add(built(session, table, D1.plusDays(day - back), day));
        }
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        Pin base = table.pin();
        long pinned = System.nanoTime();
        table.commit(base).publish(built);
        year.pins.add((pinned - start) / 1e6);
        year.commits.add((System.nanoTime() - pinned) / 1e6);
        year.cpu.add((PROCESS.getProcessCpuTime() - cpu) / 1e6);
        if (weekly && day % 7 == 6) {
          // thirty versions are what two weeks of daily runs and the defaults of vacuum leave
          Retention kept = new Retention(Duration.ZERO, 30, Duration.ZERO);
          table.vacuum(kept, Clock.systemUTC().instant());
        }
      }
    }
    return year;
  }

  private static BuiltPartition built(
      DuckDbSession session, LakeTable table, LocalDate day, int run) {
    session.table(
        "result", SALES.columns(), List.of(List.of(day.toString(), "o" + run, run + ".0000")));
    LedgerEntry facts =
        new LedgerEntry(
            "stg_sale",
            day.toString(),
            LedgerEntry.State.COMMITTED,
            "20251101T000000000Z-run" + run,
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            session.content("result", SALES.columns()).text(),
            1,
            1,
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Clock.systemUTC().instant().toString(),
            null);
    Partition partition = Partition.of(day);
    return new BuiltPartition(
        partition, facts, session.write("result", table, partition, List.of("id")));
  }

  /** The lower quartile over the days around one: what else the machine does only adds. */
  private static double usual(List<Double> times, int day) {
    List<Double> around =
        times.subList(Math.max(0, day - AROUND), Math.min(times.size(), day + AROUND));
    return around.stream().sorted().toList().get(around.size() / 4);
  }

  private static String size(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      List<Path> files = all.filter(Files::isRegularFile).toList();
      long bytes = 0;
      for (Path f : files) {
        bytes += Files.size(f);
      }
      return "%,d files %,d KB".formatted(files.size(), bytes >> 10);
    }
  }
}
