package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.dataset.Repository;
import ltv.sandbox.World;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's cleanse, process and calculate on a Spark cluster of two workers, catalog in MariaDB
 * and tables in S3: the rows are those of the jobs' own jars. Run by hand: half an hour.
 */
@Tag("spark")
@Timeout(7200)
class SparkClusterIT {
  private static final List<String> SPARK_JOBS = List.of("cleanse", "process", "calculate");
  private static final LocalDate TO = LocalDate.of(2026, 11, 18);
  private static final int DAYS = Integer.getInteger("ltv.spark.days", 1);
  private static final LocalDate FROM = TO.minusDays(DAYS - 1);

  /** Staged versions, which nobody needs once their files are published, go like all others. */
  private static final String[] VACUUM = JobProcess.VACUUM_ALL.toArray(String[]::new);

  @TempDir private Path folder;

  @Test
  void gives_every_table_the_rows_that_the_jars_give_it() throws IOException {
    try (World world = new World(20261119, FROM, DAYS, 1, 0, folder.resolve("drop"));
        Places places = new Places(folder.resolve("servers"));
        SparkCluster cluster = new SparkCluster(folder.resolve("cluster"), 2)) {
      Site jars = new Site(world, "jars", "");
      Repository.JOBS.forEach(job -> jars.run(job, range()).with(0));
      Site spark = new Site(world, "spark", places.settings());
      spark.run("ingest", range()).with(0);

      assertEquals(64, spark.submit(cluster, "", "publish").with(64).report().path("exit").asInt());
      spark.submit(cluster, "before-commit=halt", "cleanse", range()).with(137);
      assertEquals(Map.of(), spark.lake().rows("cleanse"), "nothing is half there");

      for (String job : SPARK_JOBS) {
        Ended ended = spark.submit(cluster, "", job, range()).with(0);
        assertTrue(ended.count("committed") >= DAYS, ended.out());
        assertEquals(1, ended.out().lines().count(), "a run says one line: " + ended.out());
      }

      for (String job : SPARK_JOBS) {
        Map<String, String> rows = spark.lake().rows(job);
        assertEquals(jars.lake().rows(job), rows, job);
        assertEquals(rows.size(), spark.run(job, command("verify")).with(0).count("verified"), job);
        assertEquals(rows.size(), spark.run(job, range()).with(0).count("unchanged"), job);
        assertTrue(
            spark.run(job, VACUUM).with(0).report().path("vacuumed.versions").asLong() > 0, job);
        assertEquals(rows, spark.lake().rows(job), job + " after vacuum");
      }
    }
  }

  private static String[] range() {
    return new String[] {"--from", FROM.toString(), "--to", TO.toString()};
  }

  private static String[] command(String name) {
    return Stream.concat(Stream.of(name), Stream.of(range())).toArray(String[]::new);
  }

  /** A site of the market, with its files in a folder of its own or in other places. */
  private final class Site {
    private final Path config;
    private final JobProcess jobs;
    private final Map<String, String> environment;

    Site(World world, String name, String places) throws IOException {
      Path home = Files.createDirectories(folder.resolve(name));
      environment = new TreeMap<>(world.environment());
      environment.put("LTV_DEMO_HOME", home.toString());
      environment.put("LTV_HASH_KEY", "hash-key-of-the-test");
      config =
          Files.writeString(
              home.resolve("site.yaml"),
              Files.readString(Repository.root().resolve("examples/demo.yaml")) + places);
      jobs = new JobProcess(home, environment);
    }

    String[] args(String... args) {
      return Stream.concat(Stream.of(args), Stream.of("--config", config.toString()))
          .toArray(String[]::new);
    }

    Ended run(String job, String... args) {
      return jobs.run(job, args(args));
    }

    Ended submit(SparkCluster cluster, String fault, String job, String... args) {
      return cluster.submit(jobs, fault, job, args(args));
    }

    LakeView lake() {
      return new LakeView(SiteConfig.read(config, environment));
    }
  }
}
