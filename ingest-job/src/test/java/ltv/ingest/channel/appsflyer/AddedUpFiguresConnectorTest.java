package ltv.ingest.channel.appsflyer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddedUpFiguresConnectorTest {
  private static final String PARTNERS =
      "/api/agg-data/export/app/com.example.app/partners_by_date_report/v5";
  private static final String COHORTS = "/api/cohorts/v1/data/app/com.example.app";
  private static final Answer MONTH =
      Answer.of(200, "Date,Media Source (pid),Installs\r\n2026-03-14,organic,7\r\n");
  private static final Answer COHORT =
      Answer.of(200, "date,pid,c,af_c_id,users,revenue_sum_day_0\r\n2026-03-14,organic,,,7,1\r\n");

  private final AppsFlyerOverHttp appsFlyer = new AppsFlyerOverHttp();

  @AfterEach
  void stop() {
    appsFlyer.close();
  }

  private void read(AppsFlyerConnector connector, String name, LocalDate... days) {
    ChannelStream stream =
        connector.streams().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    for (LocalDate day : days) {
      connector.fetch(new FetchRequest(stream, stream.accounts().get(0), day), appsFlyer.sink);
    }
  }

  @Test
  void a_month_is_one_call_that_ends_today_and_lands_with_each_of_its_days() {
    appsFlyer.server.on(PARTNERS, MONTH, MONTH);
    AppsFlyerConnector connector = appsFlyer.connector(100);

    read(
        connector,
        "partners_by_date",
        AppsFlyerOverHttp.DAY,
        AppsFlyerOverHttp.DAY.minusDays(1),
        AppsFlyerOverHttp.DAY.minusMonths(1));

    List<Asked> asked = appsFlyer.server.asked();
    assertEquals(2, asked.size());
    assertEquals("2026-03-01", asked.get(0).parameter("from"));
    assertEquals(AppsFlyerOverHttp.TODAY, asked.get(0).parameter("to"));
    assertEquals("2026-02-28", asked.get(1).parameter("to"));
    assertEquals("Asia/Seoul", asked.get(0).parameter("timezone"));
    assertEquals("preferred", asked.get(0).parameter("currency"));
    assertEquals(3, appsFlyer.sink.pages().size());
    assertEquals(MONTH.body(), appsFlyer.sink.pages().get(1).body());
  }

  @Test
  void a_cohort_is_asked_for_with_one_kpi_and_its_own_limit() {
    appsFlyer.server.on(COHORTS, COHORT);
    AppsFlyerConnector connector = appsFlyer.connector(100);

    read(connector, "cohort", AppsFlyerOverHttp.DAY);

    Asked asked = appsFlyer.server.asked().get(0);
    assertEquals("POST", asked.method());
    assertEquals("csv", asked.parameter("format"));
    assertEquals(
        "{\"cohort_type\":\"user_acquisition\",\"from\":\"2026-03-01\",\"to\":\"%s\",\"groupings\":[\"date\",\"pid\",\"c\",\"af_c_id\"],\"kpis\":[\"revenue\"],\"aggregation_type\":\"cumulative\",\"min_cohort_size\":1,\"preferred_currency\":true,\"preferred_timezone\":true,\"per_user\":false}"
            .formatted(AppsFlyerOverHttp.TODAY),
        asked.body());
    assertEquals(List.of(COHORT.body()), appsFlyer.sink.pages().stream().map(Page::body).toList());
    assertTrue(
        connector.limits().stream()
            .map(CallLimit::toString)
            .toList()
            .containsAll(
                List.of(
                    "24 calls of partners_by_date_report a day",
                    "60 calls of cohort a minute for all accounts together")),
        connector.limits().toString());
  }

  @Test
  void a_limit_that_is_reached_for_a_minute_is_waited_for() {
    appsFlyer.server.on(
        PARTNERS, Answer.of(403, "Limit reached for partners_by_date_report"), MONTH);

    read(appsFlyer.connector(100), "partners_by_date", AppsFlyerOverHttp.DAY);

    assertEquals(60, appsFlyer.pauses.wanted().get(0).toSeconds());
  }
}
