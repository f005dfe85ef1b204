package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import ltv.config.DatabaseSettings;
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Tables of a real MariaDB that people work in, day by day. */
@ResourceLock(Resources.SYSTEM_OUT)
class CrmReadingTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  @TempDir private static Path server;
  private static MariaDbServer mariaDb;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    mariaDb = MariaDbServer.start(server);
  }

  @AfterAll
  static void stop() {
    mariaDb.close();
  }

  @BeforeEach
  void tables() throws IOException {
    mariaDb.run(
        """
        create schema if not exists crm character set utf8mb4;
        create user if not exists crm_reader@'%' identified by 'password-of-the-crm';
        grant select on crm.* to crm_reader@'%';
        drop table if exists crm.customers, crm.reservations, crm.services;
        create table crm.customers (customer_id bigint primary key, name varchar(50), email varchar(80),
          phone varchar(20), memo text, created_at datetime, updated_at datetime(3), key (updated_at));
        create table crm.reservations (reservation_id varchar(20) primary key, customer_id bigint, service_id int,
          status varchar(10), reserved_at datetime, visited_at datetime, paid_amount decimal(12,2), updated_at datetime(3));
        create table crm.services (id int primary key, name varchar(50), category varchar(20), price decimal(12,2), changed datetime)
        """);
    site("incremental", "password-of-the-crm");
    site("full", "password-of-the-crm");
  }

  private void site(String name, String password) throws IOException {
    DatabaseSettings any = mariaDb.marts();
    Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        site: crm
        home: %s
        personal_data: {hash_key: key-of-the-test, hash_key_id: k1}
        channels:
          crm:
            database: {url: "%s", user: crm_reader, password: %s}
            streams:
              customer: {}
              reservation: {}
              service: {headers: {service_id: id, updated_at: changed}}
        """
            .formatted(folder.resolve(name), any.url().replace("ltv_mart", "crm"), password));
  }

  private Ended run(String site, LocalDate day, String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "run",
                    "--date",
                    day.toString(),
                    "--config",
                    folder.resolve(site + ".yaml").toString()),
                Stream.of(more))
            .toList();
    return Ended.run(arguments.toArray(String[]::new));
  }

  private List<List<Object>> rows(String site, String dataset, LocalDate day) {
    return StoredRows.of(
        folder.resolve(site),
        dataset,
        "select * exclude (fetched_at, raw_ref) from t where snapshot_date = date '%s' order by all"
            .formatted(day));
  }

  private long pages(String site, String stream, LocalDate day) throws IOException {
    Path landed = folder.resolve(site + "/landing/crm/" + stream + "/account=crm/date=" + day);
    try (Stream<Path> files = Files.walk(landed)) {
      return files.filter(f -> f.getFileName().toString().startsWith("page-")).count();
    }
  }

  @Test
  void what_changed_gives_what_the_whole_gives_on_every_day() throws IOException {
    Random random = new Random(20261128);
    for (int d = 0; d < 12; d++) {
      LocalDate day = FIRST.plusDays(d);
      for (int n = 0; n < 15; n++) {
        change(random, day);
      }

      assertEquals(0, run("incremental", day).exit());
      assertEquals(0, run("full", day, "--full").exit());

      for (String stream : List.of("customer", "reservation", "service")) {
        String dataset = "src_crm__" + stream;
        List<List<Object>> whole = rows("full", dataset, day);
        assertFalse(whole.isEmpty() && d > 0, dataset);
        assertEquals(whole, rows("incremental", dataset, day), dataset + " on " + day);
      }
      assertEquals(2, pages("full", "customer", day));
    }
    assertTrue(rows("full", "src_crm__customer", FIRST.plusDays(11)).size() > 5);
  }

  /** A row is added, changed, changed with an earlier time than before, or gone. */
  private static void change(Random random, LocalDate day) {
    int id = random.nextInt(12);
    String time =
        day.minusDays(random.nextInt(3))
            + " 10:%02d:00.%03d".formatted(random.nextInt(60), random.nextInt(1000));
    String statement =
        switch (random.nextInt(6)) {
          case 0 -> "delete from crm.customers where customer_id = %d".formatted(id);
          case 1 -> "delete from crm.reservations where reservation_id = 'R-%d'".formatted(id);
          case 2 ->
              "replace into crm.services values (%d, '커트 %d', 'hair', %d, '%s')"
                  .formatted(id, random.nextInt(9), 1000 * random.nextInt(90), time);
          case 3, 4 ->
              "replace into crm.customers values (%d, '김', 'c%d@shop.kr', '010-1111-%04d', null, '2026-01-02 03:04:05', '%s')"
                  .formatted(id, random.nextInt(9), random.nextInt(9999), time);
          default ->
              "replace into crm.reservations values ('R-%d', %d, 1, 'VISITED', '2026-03-01 10:00:00', null, %d.50, '%s')"
                  .formatted(id, random.nextInt(12), random.nextInt(90_000), time);
        };
    mariaDb.run(statement);
  }

  @Test
  void only_what_changed_is_landed_again() throws IOException {
    mariaDb.run(
        "insert into crm.customers (customer_id, updated_at) select seq, '2026-03-01 00:00:00' from seq_1_to_2500");
    run("incremental", FIRST);
    mariaDb.run(
        "update crm.customers set updated_at = '2026-03-02 00:00:00', memo = 'x' where customer_id in (7, 8);"
            + " delete from crm.customers where customer_id = 9");

    assertEquals(0, run("incremental", FIRST.plusDays(1)).exit());

    assertEquals(2499, rows("incremental", "src_crm__customer", FIRST.plusDays(1)).size());
    assertEquals(2500, rows("incremental", "src_crm__customer", FIRST).size(), "as it was");
    Path landed =
        folder.resolve("incremental/landing/crm/customer/account=crm/date=" + FIRST.plusDays(1));
    try (Stream<Path> files = Files.walk(landed)) {
      Path rows =
          files
              .filter(
                  f ->
                      f.toString().endsWith("page-000001.ndjson.gz")
                          || f.toString().endsWith("page-000002.ndjson.gz"))
              .sorted()
              .findFirst()
              .orElseThrow();
      try (var in = new GZIPInputStream(Files.newInputStream(rows))) {
        assertEquals(2, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().count());
      }
    }
  }

  @Test
  void a_day_that_is_read_again_without_a_change_stays_as_it_is() {
    mariaDb.run(
        "insert into crm.customers (customer_id, updated_at) values (1, '2026-03-01 00:00:00')");
    run("incremental", FIRST);

    Ended again = run("incremental", FIRST, "--full");

    assertEquals(0, again.exit());
    assertTrue(again.out().contains("\"src_crm__customer\":{\"unchanged\":1"), again.out());
  }

  @Test
  void of_a_range_only_the_last_day_can_be_read() {
    mariaDb.run(
        "insert into crm.customers (customer_id, updated_at) values (1, '2026-03-01 00:00:00')");
    Ended range =
        Ended.run(
            "run",
            "--from",
            "2026-03-01",
            "--to",
            "2026-03-05",
            "--config",
            folder.resolve("full.yaml").toString());

    assertEquals(0, range.exit(), range.out());
    assertEquals(0, rows("full", "src_crm__customer", LocalDate.of(2026, 3, 4)).size());
    assertEquals(1, rows("full", "src_crm__customer", LocalDate.of(2026, 3, 5)).size());
    Ended verified =
        Ended.run(
            "verify",
            "--from",
            "2026-03-01",
            "--to",
            "2026-03-05",
            "--config",
            folder.resolve("full.yaml").toString());
    assertEquals(0, verified.exit(), verified.out());
  }

  @Test
  void names_numbers_and_addresses_stay_in_the_database_and_the_landing() {
    mariaDb.run(
        "insert into crm.customers values (77, 'Kim Canary', 'kim@shop-canary.kr', '010-9999-1234', 'likes kim', '2026-03-01 09:00:00', '2026-03-01 09:00:00')");

    Ended ended = run("full", FIRST);

    String all = rows("full", "src_crm__customer", FIRST).toString();
    assertTrue(all.contains("77") && all.contains("2026-03-01T00:00"), all);
    for (String canary : List.of("Canary", "canary", "9999", "likes")) {
      assertFalse(all.contains(canary), all);
      assertFalse(ended.out().contains(canary), ended.out());
    }
  }

  @Test
  void an_erased_customer_is_gone_from_every_reading_and_the_others_stay() throws IOException {
    mariaDb.run(
        """
        insert into crm.customers values (7, 'Kim', 'kim@shop.kr', '010-9999-1234', null, '2026-03-01 09:00:00', '2026-03-01 09:00:00'),
          (77, 'Lee', 'lee@shop.kr', '010-9999-7777', null, '2026-03-01 09:00:00', '2026-03-01 09:00:00');
        insert into crm.reservations values ('R-1', 7, 77, 'VISITED', '2026-03-01 10:00:00', null, 7, '2026-03-01 09:00:00'),
          ('R-7', 77, 7, 'VISITED', '2026-03-01 10:00:00', null, 7, '2026-03-01 09:00:00')""");
    run("incremental", FIRST);
    mariaDb.run(
        "update crm.customers set memo = 'x', updated_at = '2026-03-02 09:00:00' where customer_id = 7");
    run("incremental", FIRST.plusDays(1));
    mariaDb.run(
        "delete from crm.customers where customer_id = 7; delete from crm.reservations where customer_id = 7");
    String config = folder.resolve("incremental.yaml").toString();

    Ended erased =
        Ended.run("erase", "--config", config, "--customer-id", "7", "--subject", "kim@shop.kr");

    assertEquals(0, erased.exit(), erased.out());
    assertTrue(erased.out().contains("\"erased.landed_rows\":\"7\""), erased.out());
    for (LocalDate day : List.of(FIRST, FIRST.plusDays(1))) {
      assertEquals(List.of("77"), ids("src_crm__customer", "customer_id", day));
      assertEquals(List.of("R-7"), ids("src_crm__reservation", "reservation_id", day));
    }
    assertFalse(erased.out().contains("kim@shop.kr"), erased.out());
    Ended again =
        Ended.run("erase", "--config", config, "--customer-id", "7", "--subject", "kim@shop.kr");
    assertTrue(again.out().contains("\"erased.landed_rows\":\"0\""), again.out());
    Ended verified =
        Ended.run(
            "verify", "--from", FIRST + "", "--to", FIRST.plusDays(1) + "", "--config", config);
    assertEquals(0, verified.exit(), verified.out());
    assertEquals(0, run("incremental", FIRST.plusDays(2)).exit());
    assertEquals(List.of("77"), ids("src_crm__customer", "customer_id", FIRST.plusDays(2)));
  }

  private List<String> ids(String dataset, String key, LocalDate day) {
    return StoredRows.of(
            folder.resolve("incremental"),
            dataset,
            "select %s from t where snapshot_date = date '%s' order by 1".formatted(key, day))
        .stream()
        .map(row -> (String) row.get(0))
        .toList();
  }

  @Test
  void a_refused_password_is_told_from_a_server_that_is_away() throws IOException {
    site("full", "wrong");
    Ended refused = run("full", FIRST);
    assertEquals(77, refused.exit(), refused.out());
    assertTrue(refused.out().contains("channels.crm.database"), refused.out());

    Path config = folder.resolve("full.yaml");
    Files.writeString(config, Files.readString(config).replaceAll("127.0.0.1:\\d+", "127.0.0.1:1"));
    Ended away = run("full", FIRST);
    assertEquals(69, away.exit(), away.out());
  }

  @Test
  void a_table_without_a_column_that_is_needed_is_refused_by_name() {
    mariaDb.run("alter table crm.customers drop column updated_at");

    Ended ended = run("full", FIRST);

    assertEquals(77, ended.exit(), ended.out());
    assertTrue(ended.out().contains("updated_at"), ended.out());
  }
}
