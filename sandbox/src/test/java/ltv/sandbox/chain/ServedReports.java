package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import ltv.config.SiteConfig;

/** The unified reports of a site that the demo's chain has built, held against its tables. */
final class ServedReports {
  private final SiteConfig site;

  ServedReports(SiteConfig site) {
    this.site = site;
  }

  /** Keywords have the columns that BI users know; what is no keyword's is told. */
  void keywordsAreServed(int days) {
    TableRows rows = new TableRows(site);
    assertEquals(
        List.of(
            List.of("apple_search_ads", "not_itemised"),
            List.of("google_ads", "equal"),
            List.of("naver_search_ad", "not_itemised")),
        rows.of(
            "recon_grain_daily",
            "select distinct channel, reason from t where lower_level = 'keyword' order by all"));
    List<List<String>> served = new ArrayList<>();
    try (Connection marts = DriverManager.getConnection("jdbc:duckdb:" + site.marts().file());
        Statement statement = marts.createStatement();
        ResultSet view = statement.executeQuery("select * from ad_reporting__keyword_report")) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= view.getMetaData().getColumnCount(); i++) {
        columns.add(view.getMetaData().getColumnLabel(i));
      }
      assertEquals(
          "source_relation date_day platform account_id account_name campaign_id campaign_name"
              + " ad_group_id ad_group_name keyword_id keyword_text keyword_match_type"
              + " clicks impressions spend conversions conversions_value",
          String.join(" ", columns));
      ResultSet google =
          statement.executeQuery(
              "select date_day, sum(clicks), sum(impressions), cast(sum(spend) as bigint),"
                  + " cast(sum(conversions) as decimal(18, 3)), max(campaign_name), max(ad_group_name)"
                  + " from ad_reporting__keyword_report where platform = 'google_ads' group by 1 order by 1");
      while (google.next()) {
        served.add(
            List.of(
                google.getString(1),
                google.getString(2),
                google.getString(3),
                google.getString(4),
                google.getString(5)));
        assertEquals("KR_검색_브랜드", google.getString(6));
        assertEquals("광고그룹 22", google.getString(7));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    assertEquals(days, served.size());
    assertEquals(
        rows.of(
            "src_google_ads__keyword",
            "select report_date, sum(clicks), sum(impressions), cast(sum(cost_micros) / 1000000 as bigint),"
                + " cast(sum(conversions) as decimal(18, 3)) from t group by 1 order by 1"),
        served);
  }

  /** Where Meta's ads and those of Google's searches lead, with all that they cost. */
  void pagesAreServed() {
    List<List<String>> served = new ArrayList<>();
    try (Connection marts = DriverManager.getConnection("jdbc:duckdb:" + site.marts().file());
        Statement statement = marts.createStatement();
        ResultSet view =
            statement.executeQuery(
                "select platform, min(url_host), max(utm_source), max(utm_campaign),"
                    + " count(distinct url_path) > 1, sum(spend) = (select sum(a.spend) from ad_reporting__ad_report as a"
                    + " where a.platform = u.platform and (a.platform <> 'google_ads' or a.campaign_name = 'KR_검색_브랜드'))"
                    + " from ad_reporting__url_report as u group by platform order by platform")) {
      while (view.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= view.getMetaData().getColumnCount(); i++) {
          row.add(view.getString(i));
        }
        served.add(row);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    assertEquals(
        "[[facebook_ads, shop.example, facebook, {{campaign.name}}, true, true],"
            + " [google_ads, shop.example, google, null, true, true]]",
        served.toString());
  }

  /** Searches are served beside keywords: each won of them is in a source. */
  void searchesAreServed() {
    List<List<String>> served = new ArrayList<>();
    try (Connection marts = DriverManager.getConnection("jdbc:duckdb:" + site.marts().file());
        Statement statement = marts.createStatement();
        ResultSet view =
            statement.executeQuery(
                "select platform, count(distinct search_query), count(distinct search_match_type),"
                    + " count(*) filter (where keyword_text is null) = 0, sum(spend)"
                    + " from ad_reporting__search_report group by 1 order by 1")) {
      while (view.next()) {
        served.add(
            List.of(view.getString(1), view.getString(2), view.getString(3), view.getString(4)));
        assertTrue(view.getBigDecimal(5).signum() > 0, view.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    // of Apple's, two keywords' own words and what Search Match found
    assertEquals(
        List.of(
            List.of("apple_search_ads", "3", "3", "false"),
            List.of("google_ads", "6", "2", "true"),
            List.of("naver_ads", "4", "2", "false")),
        served);
    TableRows rows = new TableRows(site);
    assertEquals(
        rows.of(
            "fct_ad_search_term_performance",
            "select channel, sum(spend_gross_local), sum(impressions) from t where channel = 'naver_search_ad' group by 1"),
        rows.of(
            "src_naver_search_ad__search_term",
            "select 'naver_search_ad', sum(cost), sum(impressions) from t"));
  }
}
