package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that cannot be right, and lists with typos: each is told, and the others count. */
class DirtyRowsIT {
  private static final String STREAMS =
      """
      site: shop
      timezone: Asia/Seoul
      reporting_currency: KRW
      home: %1$s/home
      lookback_days: 2
      engine: {threads: 1, memory_limit: 500MB}
      personal_data: {hash_key: hash-key-of-the-test}
      channels:
        file:
          drop_folder: %1$s/drop
          streams:
            orders: {files: "orders-{date}.csv", format: csv, columns: [{name: order_id}, {name: customer_id}, {name: order_date}, {name: quantity}, {name: amount}, {name: currency}]}
            clicks: {files: "clicks-{date}.csv", format: csv, columns: [{name: clicked_at}, {name: media_source}, {name: site_id}]}
            test_users: {files: test-users.csv, format: csv, columns: [{name: value}, {name: kind}, {name: valid_from}]}
            fraud_rules: {files: fraud-rules.csv, format: csv, columns: [{name: rule}, {name: setting}, {name: value}, {name: action}]}
      """;

  private static final String ORDERS = "order_id,customer_id,order_date,quantity,amount,currency\n";

  @TempDir private Path folder;
  private FileSite site;

  @BeforeEach
  void open() throws IOException {
    site = new FileSite(folder);
    Files.writeString(site.config(), STREAMS.formatted(folder));
    drop(
        "clicks-2026-11-01.csv",
        "clicked_at,media_source,site_id\n2026-11-01 25:61:00,x_int,p\n2026-11-01 10:00:00,x_int,p\n");
    drop(
        "test-users.csv",
        "value,kind,valid_from\nann,user_id,2026-1l-01\nbob,user_id,2026-11-01\n");
    drop("fraud-rules.csv", "rule,setting,value,action\nR01,drop_second,3,\nR01,drop_seconds,3,\n");
    drop(
        "orders-2026-11-01.csv",
        ORDERS
            + "o1,ann,2026-11-01,1,100,KRW\n"
            + "o2,bob,2026-11-01,1,200,WON\n"
            + "o3,cat,2026-11-01,2,-300,KRW\n"
            + "o4,dan,2026-11-01,-1,-40,KRW\n"
            + "o5,eve,2026-11-01,1,,KRW\n");
  }

  private void drop(String name, String text) throws IOException {
    Files.writeString(site.drop().resolve(name), text);
  }

  private Set<String> quarantined() {
    return new TableRows(site.settings())
            .of("quarantine", "select dataset || ' ' || reason || ' ' || observed_value from t")
            .stream()
            .map(row -> row.get(0))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void each_is_told_with_its_reason_and_what_to_do_and_the_others_count() {
    site.run("ingest", days(1, 1)).with(0);
    site.run("cleanse", days(1, 1)).with(0);

    assertEquals(
        Set.of(
            "src_file__clicks unreadable_value clicked_at=2026-11-01 25:61:00",
            "src_file__fraud_rules no_such_rule R01 setting=drop_second",
            "src_file__test_users unreadable_value valid_from=2026-1l-01",
            "stg_file__order unreadable_value amount=missing",
            "stg_order negative_revenue revenue=-300.0000",
            "stg_order unknown_currency currency=WON"),
        quarantined());
    assertEquals(
        List.of(List.of("o1", "purchase", "100.0000"), List.of("o4", "refund", "-40.0000")),
        new TableRows(site.settings())
            .of(
                "stg_order",
                "select order_id, kind, revenue from t where removed_reason is null order by 1"));
    assertEquals(
        List.of(List.of("3.000000")),
        new TableRows(site.settings())
            .of(
                "fraud_rule",
                "select value from t where rule_id = 'R01' and setting = 'drop_seconds'"));
    assertEquals(1, site.lake().entry("stg_test_user", FileSite.day(1)).orElseThrow().rowsOut());

    assertTells("o1", 0, "stg_order file/purchase/o1/", ": counts [");
    assertTells("o2", 1, "unknown_currency: currency=WON", "Send an ISO 4217 code");
    assertTells("o3", 1, "negative_revenue: revenue=-300.0000", "as a refund");
    Ended nobody = explained("o99").with(64);
    assertTrue(nobody.err().contains("No row of 2026-11-01 has the name o99"), nobody.err());
  }

  private Ended explained(String row) {
    return site.run("cleanse", "explain-row", "--date", "2026-11-01", "--row", row);
  }

  private void assertTells(String row, int removed, String... words) {
    Ended told = explained(row).with(0);
    assertEquals(removed, told.report().path("removed").asInt(), told.out());
    for (String word : words) {
      assertTrue(told.out().contains(word), told.out());
    }
  }

  @Test
  void money_without_a_rate_holds_its_day_says_which_list_to_mend_and_leaves_the_others()
      throws IOException {
    drop("orders-2026-11-02.csv", ORDERS + "o6,ann,2026-11-02,1,9.99,USD\n");
    drop("clicks-2026-11-02.csv", "clicked_at,media_source,site_id\n");
    site.run("ingest", days(1, 2)).with(0);

    Ended held = site.run("cleanse", days(1, 2)).with(65);

    assertTrue(
        held.report().path("problems").toString().contains("google_sheets.streams.exchange_rates"),
        held.out());
    assertEquals(
        List.of(List.of("2026-11-01")),
        new TableRows(site.settings()).of("stg_order", "select distinct order_date from t"));
    assertEquals(5, site.lake().entry("stg_file__order", FileSite.day(1)).orElseThrow().rowsOut());
  }

  @Test
  void a_file_in_another_encoding_is_held_until_its_charset_is_said_and_the_others_are_read()
      throws IOException {
    byte[] korean = (ORDERS + "o7,김,2026-11-02,1,10,KRW\n").getBytes(Charset.forName("EUC-KR"));
    Files.write(site.drop().resolve("orders-2026-11-02.csv"), korean);
    drop("clicks-2026-11-02.csv", "clicked_at,media_source,site_id\n");

    Ended held = site.run("ingest", days(1, 2)).with(65);

    assertTrue(held.err().contains("not UTF-8, save it so or give its charset"), held.err());
    assertEquals(5, site.lake().entry("src_file__orders", FileSite.day(1)).orElseThrow().rowsOut());
    site.run("cleanse", days(1, 1)).with(0);

    String said = Files.readString(site.config());
    Files.writeString(site.config(), said.replace("orders: {", "orders: {charset: EUC-KR, "));
    site.run("ingest", days(2, 2)).with(0);
    assertEquals(
        List.of(List.of("o7", "10.0000")),
        new TableRows(site.settings())
            .of(
                "src_file__orders",
                "select order_id, amount from t where report_date = date '2026-11-02'"));
  }
}
