package ltv.calculate.serve;

import static ltv.dataset.TestSite.D1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import ltv.calculate.serve.MartPublisher.Published;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.server.FaultyProxy;
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.Test;

/** The marts in a real MariaDB. */
class MartServerIT extends OnMariaDb {
  /** Whatever LOAD DATA could stumble over. */
  private static final List<String> NAMES =
      List.of("'quoted'", "\"double\"", "\\N", "NULL", "back\\slash", "한글😀", "a,b", "x'); drop");

  @Test
  void every_value_arrives_as_it_is_in_the_lake() throws SQLException {
    String[] sales = new String[NAMES.size()];
    for (int i = 0; i < sales.length; i++) {
      sales[i] = NAMES.get(i).replace(" ", "\t\n") + " 12.3450";
    }
    site.build(D1, sales);

    assertEquals(Published.REPLACED, site.publish());

    assertEquals(
        NAMES.stream().map(n -> n.replace(" ", "\t\n")).sorted().toList(),
        site.read("select sale_id from mart_sale").stream().sorted().toList());
    assertEquals(
        List.of("2026-11-01 12.3450 1 null 0.1 2026-11-01 10:00:00.123456"),
        site.read(
            "select distinct concat_ws(' ', sold_on, amount, is_sold, coalesce(nothing, 'null'),"
                + " ratio, sold_at) from mart_sale"));
  }

  @Test
  void a_restated_day_replaces_its_slice_in_every_mart_and_no_other() throws SQLException {
    site.build(D1, "a 1", "b 2");
    site.build(D1.plusDays(1), "c 3");
    site.publish();
    List<String> before =
        site.read("select published_by from mart_publication where part = '2026-11-02'");

    site.build(D1, "a 5");
    Published published = site.publish();

    assertEquals(Published.REPLACED, published);
    assertEquals(
        List.of("2026-11-01 a 5.0000", "2026-11-02 c 3.0000"),
        site.read("select concat_ws(' ', sold_on, sale_id, amount) from mart_sale order by 1"));
    assertEquals(
        List.of("5.0000", "8.0000"), site.read("select amount from mart_total order by as_of"));
    assertEquals(
        before,
        site.read(
            "select published_by from mart_publication where part = '2026-11-02' and dataset = 'mart_sale' union all select published_by from mart_publication where part = '2026-11-02' and dataset = 'mart_sale'"));
  }

  @Test
  void publishing_again_what_is_published_changes_nothing() throws SQLException {
    site.build(D1, "a 1");
    site.publish();
    List<String> before = site.read("select published_at from mart_publication");

    assertEquals(Published.UNCHANGED, site.publish());

    assertEquals(before, site.read("select published_at from mart_publication"));
  }

  @Test
  void tables_and_columns_are_explained_in_two_languages() throws SQLException {
    site.build(D1, "a 1");
    site.publish();

    assertEquals(
        List.of("판매 내역 / What was sold, 'as it is'."),
        site.read(
            "select table_comment from information_schema.tables where table_name = 'mart_sale'"));
    assertEquals(
        List.of("금액 / Price."),
        site.read(
            "select column_comment from information_schema.columns where table_name = 'mart_sale'"
                + " and column_name = 'amount'"));
    assertEquals(
        List.of("ix_sold_on", "ix_sold_on__sale_id"),
        site.read(
            "select distinct index_name from information_schema.statistics where table_name = 'mart_sale'"));
  }

  @Test
  void a_value_that_mariadb_would_cut_off_ends_the_publication_and_the_old_rows_stay()
      throws SQLException {
    site.build(D1, "a 1");
    site.publish();
    site.build(D1, "x".repeat(300) + " 2");

    JobException e = assertThrows(JobException.class, site::publish);

    assertEquals(ExitCode.BUG, e.exitCode());
    assertTrue(e.getMessage().contains("Data truncated for column 'sale_id'"), e.getMessage());
    assertEquals(
        List.of("a 1.0000"), site.read("select concat(sale_id, ' ', amount) from mart_sale"));
    assertEquals(List.of("1.0000"), site.read("select amount from mart_total"));
  }

  @Test
  void a_new_column_comes_by_itself_and_a_changed_type_is_refused() throws SQLException {
    site.build(D1, "a 1");
    site.publish();
    try (ServedSite wider =
        new ServedSite(
            folder,
            server,
            yaml -> yaml.replace("columns:", "columns:\n  - {name: note, type: string}"),
            sql -> sql.replace("select", "select cast('n' as varchar) as note,"))) {
      wider.rebuild(D1);
      wider.publish();
      assertEquals(List.of("a n"), wider.read("select concat(sale_id, ' ', note) from mart_sale"));
    }
    server.run("alter table ltv_mart.mart_sale modify column amount double");

    JobException e = assertThrows(JobException.class, site::publish);

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    assertTrue(e.getMessage().contains("mart_sale.amount is double in MariaDB"), e.getMessage());
  }

  @Test
  void readers_get_the_views_of_a_mart_and_one_of_another_version_is_refused() throws SQLException {
    site.build(D1, "a 1", "b 2");
    site.publish();
    assertEquals(
        List.of("2026-11-01 3.0000"),
        site.read("select concat(date_day, ' ', spend) from sale_report"));
    site.build(D1, "a 7");
    site.publish();
    assertEquals(List.of("7.0000"), site.read("select spend from sale_report"));
    server.run("update ltv_mart.mart_view set definition = 'select 1'");
    site.build(D1, "a 8");

    JobException e = assertThrows(JobException.class, site::publish);

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    assertTrue(e.getMessage().contains("drop view if exists sale_report"), e.getMessage());
    assertEquals(List.of("7.0000"), site.read("select spend from sale_report"));
  }

  @Test
  void a_view_of_another_version_is_replaced_where_the_account_may_drop_it_alone()
      throws SQLException {
    server.run("grant create, create view, drop on ltv_mart.sale_report to ltv_writer@'%'");
    try {
      site.build(D1, "a 1", "b 2");
      site.publish();
      server.run(
          "create or replace view ltv_mart.sale_report as select 0 as spend;"
              + " update ltv_mart.mart_view set definition = 'select 0 as spend'");

      site.publish();

      assertEquals(
          List.of("2026-11-01 3.0000"),
          site.read("select concat(date_day, ' ', spend) from sale_report"));
      assertEquals(
          List.of("1"),
          site.read("select count(*) from mart_view where definition like '%sold_on%'"));
    } finally {
      server.run("revoke create, create view, drop on ltv_mart.sale_report from ltv_writer@'%'");
    }
  }

  @Test
  void a_view_waits_for_its_mart_to_be_built_once() throws SQLException {
    site.publish();

    assertEquals(
        List.of("0"),
        site.read("select count(*) from information_schema.views where table_schema = 'ltv_mart'"));
    site.build(D1);
    site.publish();
    assertEquals(List.of("0"), site.read("select count(*) from sale_report"));
  }

  @Test
  void a_mart_without_a_row_is_published_beside_one_that_has_some() throws SQLException {
    site.build(D1);

    assertEquals(Published.REPLACED, site.publish());

    assertEquals(List.of("0"), site.read("select count(*) from mart_sale"));
    assertEquals(List.of("0"), site.read("select n from mart_total"));
  }

  @Test
  void a_view_that_somebody_else_made_is_not_taken_for_ours() throws SQLException {
    server.run("create view ltv_mart.sale_report as select 1 as spend");
    site.build(D1, "a 1");

    JobException e = assertThrows(JobException.class, site::publish);

    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
    assertTrue(e.getMessage().contains("sale_report was made by nobody here"), e.getMessage());
    server.run("drop view ltv_mart.sale_report");
    site.publish();
    assertEquals(List.of("1.0000"), site.read("select spend from sale_report"));
  }

  @Test
  void a_held_day_keeps_the_rows_before_it_and_the_status_says_so() throws SQLException {
    site.build(D1, "a 1");
    site.publish();
    site.build(D1, "a -1");

    site.publish();

    assertEquals(
        List.of("a 1.0000"), site.read("select concat(sale_id, ' ', amount) from mart_sale"));
    assertEquals(
        List.of("held 1"),
        site.read(
            "select concat(state, ' ', row_count) from mart_status where dataset = 'mart_sale'"));
  }

  @Test
  void each_account_can_do_its_work_and_no_more() throws SQLException {
    site.build(D1, "a 1");
    site.publish();
    try (Connection reader = MariaDbServer.connect(server.reader());
        Connection writer = MariaDbServer.connect(server.marts())) {
      for (String forbidden :
          List.of("delete from mart_sale", "drop table mart_sale", "create table x (i int)")) {
        assertThrows(SQLException.class, () -> reader.createStatement().execute(forbidden));
      }
      for (String forbidden : List.of("drop table mart_sale", "select * from mysql.user")) {
        assertThrows(SQLException.class, () -> writer.createStatement().execute(forbidden));
      }
    }
  }

  @Test
  void a_connection_that_breaks_at_any_statement_leaves_the_old_rows_or_the_new_ones()
      throws SQLException {
    site.build(D1, "a 1");
    site.publish();
    try (FaultyProxy wire = new FaultyProxy(server.port())) {
      int n = 1;
      for (String statement :
          List.of(
              "for update",
              "delete from mart_",
              "load data",
              "show warnings",
              "replace into mart_publication",
              "insert into mart_status",
              "COMMIT")) {
        for (boolean answer : new boolean[] {false, true}) {
          site.build(D1, "a " + ++n);
          if (answer) {
            wire.loseAnswer(statement, 1);
          } else {
            wire.loseRequest(statement, 1);
          }

          JobException e =
              assertThrows(JobException.class, () -> site.publishThrough(wire.port()), statement);

          assertEquals(1, wire.heal(), statement);
          assertEquals(ExitCode.CONFLICT, e.exitCode(), e.getMessage());
          boolean done = statement.equals("COMMIT") && answer;
          String found = done ? n + ".0000" : n - 1 + ".0000";
          assertEquals(List.of(found), site.read("select amount from mart_sale"), statement);
          assertEquals(List.of(found), site.read("select amount from mart_total"), statement);
          site.publishThrough(wire.port());
          assertEquals(List.of(n + ".0000"), site.read("select amount from mart_sale"));
        }
      }
    }
  }
}
