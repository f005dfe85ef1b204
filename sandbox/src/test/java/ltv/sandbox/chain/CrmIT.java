package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop that has nothing but a CRM: segments of its customers, by whatever way it is read. */
@Tag("slow")
class CrmIT {
  private static final String FIRST = "2026-11-17";
  private static final String LAST = "2026-11-18";

  @TempDir private Path folder;

  @Test
  void marts_are_the_same_read_in_full_or_by_changes_and_lose_who_is_deleted() throws IOException {
    try (MariaDbServer mariaDb = MariaDbServer.start(folder.resolve("server"))) {
      mariaDb.run(
          """
          create table crm.customers (customer_id bigint primary key, updated_at datetime(3));
          create table crm.reservations (reservation_id bigint primary key, customer_id bigint, service_id bigint,
            status varchar(10), visited_at datetime, paid_amount decimal(12,2), updated_at datetime(3));
          create table crm.services (service_id bigint primary key, name varchar(40), updated_at datetime(3));
          insert into crm.customers select seq, '2026-11-17' from seq_1_to_40;
          insert into crm.reservations select seq, 1 + seq %% 40, 1, if(seq %% 9 = 0, 'cancelled', 'visited'),
            date_sub('2026-11-17 12:00', interval seq %% 3 hour), 1000 * (1 + seq %% 40), '2026-11-17' from seq_1_to_400;
          insert into crm.services values (1, '커트', '2026-11-17');
          grant select on crm.* to '%s'@'%%'"""
              .formatted(mariaDb.schema("crm").user()));
      Shop changes = new Shop("changes", mariaDb);
      Shop full = new Shop("full", mariaDb);
      changes.ingest(FIRST);
      full.ingest(FIRST);
      mariaDb.run(
          """
          delete from crm.reservations where customer_id = 7;
          delete from crm.customers where customer_id = 7;
          update crm.reservations set status = 'visited', updated_at = '2026-11-18 09:00' where reservation_id = 9;
          insert into crm.reservations values (401, 3, 1, 'visited', '2026-11-18 10:00', 5000000, '2026-11-18 10:01')
          """);
      changes.ingest(LAST);
      full.ingest(LAST, "--full");

      changes.compute();
      full.compute();

      assertEquals(full.lake().rows("calculate"), changes.lake().rows("calculate"));
      assertEquals(
          List.of(List.of("39", "1")),
          changes.rows(
              "mart_customer",
              "select count(*), count(*) filter (where revenue >= 5000000) from t where as_of_date = date '2026-11-18'"),
          "forty, of whom one is gone");
      assertEquals(
          List.of(List.of("none", "new", "38"), List.of("none", "vip", "1")),
          changes.rows(
              "mart_segment_movement",
              "select segment_week_ago, segment, customers from t where as_of_date = date '2026-11-18' order by segment"),
          "who paid five million is a VIP after two visits");
    }
  }

  /** A site that reads the CRM. */
  private final class Shop {
    private final JobProcess jobs;
    private final Path home;
    private final Path site;

    Shop(String name, MariaDbServer mariaDb) throws IOException {
      home = Files.createDirectories(folder.resolve(name));
      site =
          Files.writeString(
              home.resolve("site.yaml"),
              """
              site: shop
              home: %s
              personal_data: {hash_key: key-of-the-test, hash_key_id: k1}
              channels:
                crm:
                  database: {url: "%s", user: %s, password: "${CRM_PASSWORD}"}
              """
                  .formatted(home, mariaDb.schema("crm").url(), mariaDb.schema("crm").user()));
      jobs =
          new JobProcess(home, Map.of("CRM_PASSWORD", mariaDb.schema("crm").password().reveal()));
    }

    void ingest(String day, String... more) {
      run("ingest", List.of("--date", day), List.of(more));
    }

    void compute() {
      Repository.JOBS.stream()
          .filter(job -> !job.equals("ingest"))
          .forEach(job -> run(job, List.of("--from", FIRST, "--to", LAST), List.of()));
    }

    private void run(String job, List<String> days, List<String> more) {
      List<String> args = new ArrayList<>(List.of("--config", site.toString()));
      args.addAll(days);
      args.addAll(more);
      jobs.run(job, args.toArray(String[]::new)).with(0);
    }

    LakeView lake() {
      return new LakeView(Sites.below(home));
    }

    List<List<String>> rows(String mart, String query) {
      return new TableRows(Sites.below(home)).of(mart, query);
    }
  }
}
