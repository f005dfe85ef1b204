package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;
import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.dataset.Repository;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two campaigns and an event that nobody knows, from the first day to the guide, to a new name, to
 * another account: what each day shows, and what of the days before it changes.
 */
class ThreeDaysIT {
  private static final String NEW = "KR_가입_AOS";
  private static final String RENAMED = "US_재구매_iOS";
  private static final String RENAMED_AGAIN = "JP_재구매_iOS";

  @TempDir private Path folder;
  private GuidedSite shop;
  private FileSite jobs;

  @BeforeEach
  void open() throws IOException {
    shop = new GuidedSite(folder);
    jobs = shop.jobs();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void what_is_new_is_used_at_once_then_explained_then_final_and_its_past_stays() {
    firstNobodyKnowsThem();
    Map<String, String> first = jobs.lake().contents();
    thenPeopleExplainThem();
    Map<String, String> second = jobs.lake().contents();
    assertEquals(whatAReviewChanges(), changedOf(1, first, second));
    thenOneIsRenamedAndOneMoves();
    Map<String, String> third = jobs.lake().contents();
    assertEquals(Set.of(), changedOf(1, second, third));
    assertEquals(Set.of(), changedOf(2, second, third));
    aWeekLaterTheThirdDayIsAsItWas(third);
  }

  private void firstNobodyKnowsThem() {
    shop.explainsCampaign("adison,600,상시 웹,KR,web,방문");
    shop.spends(1, "app", "501," + NEW + ",30000", "502,봄 세일,20000");
    shop.spends(1, "web", "600,상시 웹,5000");
    shop.happens(1, "d1,sign_up," + NEW, "d1,coupon_opened", "d2,coupon_opened");

    jobs.chain(days(1, 1));

    assertEquals(
        Set.of(
            "501 KR/android/가입 naming 0.60", "502 ?/?/? nobody 0.00", "600 KR/web/방문 guide 1.00"),
        profiles(1));
    assertEquals(
        Set.of("coupon_opened is coupon_opened (new)", "sign_up is sign_up (known)"), events(1));
    assertEquals(
        Set.of(
            "501 30000.0000 for 1 users",
            "502 20000.0000 for 0 users",
            "coupon_opened 2 times by 2"),
        waiting(1));
    Ended inbox = jobs.run("process", "inbox", "--date", day(1).toString()).with(0);
    for (String line :
        List.of(
            "adison,501,\"KR_가입_AOS\",KR,android,가입,",
            "adison,502,\"봄 세일\",,,,",
            "ga4_export,\"coupon_opened\",")) {
      assertTrue(inbox.out().contains(line), inbox.out());
    }
    assertEquals(
        "501 KR_가입_AOS 30000.0000 1, 502 봄 세일 20000.0000 0, 600 상시 웹 5000.0000 0", mart(1));
  }

  private void thenPeopleExplainThem() {
    shop.spends(2, "app", "501," + NEW + ",31000", "502,봄 세일,21000");
    shop.spends(2, "web", "600,상시 웹,5000");
    shop.happens(2, "d3,sign_up," + NEW, "d3,coupon_opened");
    shop.explainsCampaign("adison,501," + NEW + ",KR,android,회원가입");
    shop.explainsCampaign("adison,502,봄 세일,KR,,구매");
    shop.explainsEvent("ga4_export,coupon_opened,view_promotion");

    jobs.chain("--date", day(2).toString());

    for (int n : List.of(1, 2)) {
      assertEquals(
          Set.of(
              "501 KR/android/회원가입 guide 1.00",
              "502 KR/?/구매 guide 1.00",
              "600 KR/web/방문 guide 1.00"),
          profiles(n));
      assertEquals(
          Set.of("coupon_opened is view_promotion (guide)", "sign_up is sign_up (known)"),
          events(n));
      assertEquals(Set.of(), waiting(n));
    }
    assertEquals(
        "501 KR_가입_AOS 31000.0000 1, 502 봄 세일 21000.0000 0, 600 상시 웹 5000.0000 0", mart(2));
  }

  /** Who is meant by the campaign's name is certain now, which the user's row tells. */
  private static Set<String> whatAReviewChanges() {
    return Set.of(
        "stg_campaign_guide",
        "stg_event_guide",
        "campaign_profile",
        "campaign_match",
        "fct_acquisition",
        "dim_event",
        "fct_event",
        "inbox_campaign",
        "inbox_event",
        "mart_campaign_segment_daily",
        "person_step",
        "visit_path",
        "step_word");
  }

  /** The app goes on to tell the first name. */
  private void thenOneIsRenamedAndOneMoves() {
    shop.spends(3, "app", "501," + RENAMED + ",32000");
    shop.spends(3, "web", "502,봄 세일,22000", "600,상시 웹,5000");
    shop.happens(3, "d4,sign_up," + NEW, "d4,coupon_opened");

    jobs.chain("--date", day(3).toString());

    assertEquals(
        Set.of(
            "501 app KR_가입_AOS 2026-11-01 2026-11-03 is no more",
            "501 app US_재구매_iOS 2026-11-03 9999-12-31 is",
            "502 app 봄 세일 2026-11-01 2026-11-03 is no more",
            "502 web 봄 세일 2026-11-03 9999-12-31 is",
            "600 web 상시 웹 2026-11-01 9999-12-31 is"),
        versions());
    assertEquals(
        Set.of(
            "501 KR/android/회원가입 guide 1.00", "502 KR/?/구매 guide 1.00", "600 KR/web/방문 guide 1.00"),
        profiles(3));
    assertEquals(Set.of(), waiting(3));
    assertEquals(
        "501 KR_가입_AOS 31000.0000 1, 502 봄 세일 21000.0000 0, 600 상시 웹 5000.0000 0", mart(2));
    assertEquals(
        "501 US_재구매_iOS 32000.0000 1, 502 봄 세일 22000.0000 0, 600 상시 웹 5000.0000 0", mart(3));
    assertEquals("app app web", accounts("502"));
  }

  /** Later days and a later name are inputs that changed; the rows are the same. */
  private void aWeekLaterTheThirdDayIsAsItWas(Map<String, String> third) {
    shop.spends(10, "app", "501," + RENAMED_AGAIN + ",33000");
    shop.spends(10, "web", "502,봄 세일,23000", "600,상시 웹,5000");
    shop.happens(10, "d5,sign_up," + NEW, "d4,coupon_opened");
    jobs.chain(days(10, 10));
    assertTrue(versions().contains("501 app JP_재구매_iOS 2026-11-10 9999-12-31 is"));

    jobs.chain(days(3, 3));

    assertEquals(Set.of(), changedOf(3, third, jobs.lake().contents()));
    assertEquals(
        "501 US_재구매_iOS 32000.0000 1, 502 봄 세일 22000.0000 0, 600 상시 웹 5000.0000 0", mart(3));

    Map<String, Long> snapshots = jobs.lake().snapshots();
    for (String job : Repository.JOBS) {
      Ended again = jobs.run(job, days(3, 3)).with(0);

      assertEquals(0, again.count("committed"), again::out);
      assertTrue(again.count("unchanged") > 0, again::out);
    }
    assertEquals(snapshots, jobs.lake().snapshots());
  }

  /** Datasets whose rows of day {@code n} are others than before. */
  private static Set<String> changedOf(
      int n, Map<String, String> before, Map<String, String> after) {
    String partition = "/" + day(n);
    return Stream.concat(before.keySet().stream(), after.keySet().stream())
        .filter(p -> p.endsWith(partition))
        .filter(p -> !Objects.equals(before.get(p), after.get(p)))
        .map(p -> p.replace(partition, ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> rows(String dataset, String told, String... where) {
    String query = "select " + told + " from t" + String.join(" ", where);
    return new TableRows(jobs.settings())
        .of(dataset, query).stream()
            .map(row -> row.get(0))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> profiles(int n) {
    return rows(
        "campaign_profile",
        "campaign_id || ' ' || coalesce(country, '?') || '/' || coalesce(os, '?') || '/' || coalesce(objective, '?') || ' ' || said_by || ' ' || confidence",
        " where report_date = date '%s'".formatted(day(n)));
  }

  private Set<String> events(int n) {
    return rows(
        "dim_event",
        "event_name || ' is ' || event || ' (' || status || ')'",
        " where as_of_date = date '%s'".formatted(day(n)));
  }

  private Set<String> versions() {
    return rows(
        "dim_campaign",
        "campaign_id || ' ' || account_id || ' ' || campaign_name || ' ' || valid_from || ' ' || valid_to || case when is_current then ' is' else ' is no more' end");
  }

  /** What waits on a day. */
  private Set<String> waiting(int n) {
    Set<String> waiting =
        rows(
            "inbox_campaign",
            "campaign_id || ' ' || spend || ' for ' || users || ' users'",
            " where as_of_date = date '%s'".formatted(day(n)));
    waiting.addAll(
        rows(
            "inbox_event",
            "event_name || ' ' || events || ' times by ' || persons",
            " where as_of_date = date '%s'".formatted(day(n))));
    return waiting;
  }

  /** Campaigns of a day with what they cost and whom they brought, as a BI tool reads them. */
  private String mart(int n) {
    return jobs.read(
        "select string_agg(concat_ws(' ', campaign_id, campaign_name, spend, acquisitions), ', ' order by campaign_id) from mart_campaign_daily where report_date = date '%s'"
            .formatted(day(n)));
  }

  /** The accounts that paid for a campaign, day by day. */
  private String accounts(String campaign) {
    return jobs.read(
        "select string_agg(account_id, ' ' order by report_date) from mart_ad_daily where campaign_id = '%s'"
            .formatted(campaign));
  }
}
