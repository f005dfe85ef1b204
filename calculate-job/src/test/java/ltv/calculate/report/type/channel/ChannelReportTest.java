package ltv.calculate.report.type.channel;

import static ltv.calculate.report.type.Marts.cell;
import static ltv.calculate.report.type.Marts.table;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Table;
import ltv.calculate.report.file.SameNumbers;
import ltv.calculate.report.type.worth.WorthWorld;
import ltv.calculate.report.words.Text;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelReportTest {
  private final DuckDbSession session = DuckDbCases.open();
  private final WorthWorld world = new WorthWorld(session);
  private final Text text = WorthWorld.korean();

  @AfterEach
  void close() {
    session.close();
  }

  private Content content(LocalDate asOf) {
    return ChannelReport.of(world.facts(asOf), text);
  }

  @Test
  void what_moved_most_beyond_its_band_comes_first_and_why_it_did() {
    world.market();

    Content content = content(WorthWorld.NOW);

    assertEquals(
        "네이버 검색: 예측 ROAS D180이 200%에서 140%로 내렸습니다(80% 범위 130% – 150%). 지난주 범위와 겹치지 않습니다."
            + " 회수 기간은 41일에서 62일(범위 55일 – 70일)로 바뀌었습니다.",
        content.finding());
    assertEquals(
        List.of(
            "네이버 검색: 1인당 획득 비용 +30.0%, 1인당 예측 가치 −9.0%(그중 캠페인 구성 변화 −15.0%)."
                + " D7까지 낸 금액은 최근 주 유입 4,000원, 그 전 주 유입 5,000원."
                + " 함께 움직인 것이며 원인이라는 뜻은 아닙니다."),
        content.reasons());
    assertTrue(
        content
            .changed()
            .contains("네이버 검색: 사용자 한 명을 얻는 비용이 10,000원에서 22,000원으로 올랐습니다. 우연이라 보기 어렵습니다."),
        () -> content.changed().toString());
    Table why = table(content, "why");
    assertEquals(13_000.0, cell(why, "네이버 검색", "획득 비용(1인)").value());
    assertEquals(10_000.0, cell(why, "네이버 검색", "지난주 획득 비용(1인)").value());
    assertEquals(-.15, (Double) cell(why, "네이버 검색", "캠페인 구성 변화").value(), 1e-12);
    Table moved = table(content, "moved");
    assertEquals(new Estimate(62.0, 55.0, 70.0), cell(moved, "네이버 검색", "회수 기간").value());
    assertEquals(new Estimate(41.0, 38.0, 52.0), cell(moved, "네이버 검색", "지난주 회수 기간").value());
  }

  @Test
  void a_budget_is_looked_at_only_where_the_whole_band_lies_on_one_side() {
    world.market();

    List<String> actions = content(WorthWorld.NOW).actions();

    assertEquals(3, actions.size(), actions::toString);
    assertTrue(
        actions.get(0).startsWith("네이버 검색: 80% 범위(130% – 150%) 전체가 100%를 넘어"), actions.get(0));
    assertTrue(actions.get(1).startsWith("메타: 80% 범위(50% – 70%) 전체가 100%에 못 미쳐"), actions.get(1));
    assertTrue(actions.get(2).startsWith("애디슨: 300,000원을 썼지만 획득으로 집계된 사용자가 없습니다."), actions.get(2));
  }

  @Test
  void nothing_is_said_of_the_return_on_nobody() {
    world.market();

    Content content = content(WorthWorld.NOW);

    assertNull(cell(table(content, "returns"), "애디슨", "예측 ROAS D180").value());
    assertNull(cell(table(content, "week"), "애디슨", "획득 비용(1인)").value());
    assertEquals(0L, cell(table(content, "week"), "애디슨", "획득 사용자").value());
  }

  @Test
  void an_age_that_not_all_have_reached_is_marked() {
    world.market();

    Table returns = table(content(WorthWorld.NOW), "returns");

    assertNull(cell(returns, "네이버 검색", "ROAS D7").note());
    assertEquals("획득 사용자 100명 중 50명만 D30에 도달했습니다", cell(returns, "네이버 검색", "ROAS D30").note());
    assertNull(cell(returns, "네이버 검색", "ROAS D90").value());
  }

  @Test
  void a_week_of_cohorts_is_blank_until_all_have_reached_the_age() {
    world.market();

    Content content = content(WorthWorld.NOW);

    Table byChannel = table(content, "cohorts-d7");
    assertEquals(.4, cell(byChannel, "11.09 ~ 11.15", "네이버 검색").value());
    assertNull(cell(byChannel, "11.16 ~ 11.22", "네이버 검색").value());
    assertTrue(cell(byChannel, "11.02 ~ 11.08", "메타").few());
    assertEquals(
        260_000 / 1_600_000.0, cell(table(content, "cohorts"), "11.09 ~ 11.15", "ROAS D7").value());
  }

  @Test
  void models_stand_side_by_side_and_each_shares_out_the_same_persons() {
    world.market();

    Table credit = table(content(WorthWorld.NOW), "credit");

    assertEquals(5.5, cell(credit, "메타", "마르코프").value());
    assertEquals(1_000_000.0, cell(credit, "메타", "마지막 접점 CPA").value());
    assertNull(cell(credit, "자연 유입", "첫 접점 CPA").value());
    List<Cell> foot = credit.foot().orElseThrow();
    assertEquals(
        List.of(10.0, 10.0, 10.0),
        List.of(foot.get(2).value(), foot.get(4).value(), foot.get(6).value()));
  }

  @Test
  void a_week_that_lacks_a_day_is_compared_with_none() {
    world
        .daily("2026-11-09", "meta", 1_000, 50, 1, 1_000)
        .daily("2026-11-16", "meta", 2_000, 50, 1, 1_000)
        .without("2026-11-19");

    Content content = content(WorthWorld.NOW);

    Headline spend = content.headlines().get(0);
    assertEquals(2_000.0, spend.value());
    assertNull(spend.before());
    assertNull(cell(table(content, "week"), "메타", "지난주 대비 광고비").value());
  }

  @Test
  void a_running_week_is_compared_with_the_same_days_of_the_week_before() {
    LocalDate wednesday = LocalDate.of(2026, 11, 18);
    world
        .daily("2026-11-02", "meta", 500, 50, 1, 900)
        .daily("2026-11-10", "meta", 1_000, 50, 1, 1_000)
        .daily("2026-11-14", "meta", 9_000, 450, 9, 9_000) // a Saturday
        .daily("2026-11-17", "meta", 1_100, 50, 1, 1_500)
        .daily("2026-11-20", "meta", 7_777, 50, 1, 1_500); // not known yet

    Content content = content(wednesday);

    Headline spend = content.headlines().get(0);
    assertEquals(1_100.0, spend.value());
    assertEquals(1_000.0, spend.before());
    assertEquals(.1, (Double) cell(table(content, "week"), "메타", "지난주 대비 광고비").value(), 1e-12);
    assertTrue(
        content
            .sections()
            .get(0)
            .introduction()
            .endsWith("이번 주는 2026년 11월 18일 (수)까지의 합계이며, 이전 주도 같은 요일까지만 더했습니다."),
        content.sections().get(0).introduction());
  }

  @Test
  void the_oldest_age_that_can_be_told_stands_for_day_180() {
    double[] band = {8e3, 9e3, 9.5e3};
    world
        .worth(WorthWorld.NOW, "all", "all", "all", 90, 100, 1_000_000, band, "- - -")
        .worth(WorthWorld.NOW, "all", "all", "all", 180, 100, 1_000_000, null, "- - -")
        .worth(WorthWorld.NOW, "channel", "meta", "all", 90, 100, 1_000_000, band, "- 88 -")
        .worth(WorthWorld.NOW, "channel", "meta", "all", 180, 100, 1_000_000, null, "- 88 -");

    Content content = content(WorthWorld.NOW);

    assertEquals("예측 ROAS D90(전체)", content.headlines().get(3).label());
    assertEquals(.9, content.headlines().get(3).value());
    Table returns = table(content, "returns");
    assertEquals(new Estimate(.9, .8, .95), cell(returns, "메타", "예측 ROAS D90").value());
    assertEquals(new Estimate(null, 88.0, null), cell(returns, "메타", "회수 기간").value());
    assertTrue(content.actions().get(0).contains("그 뒤는 아직 말할 수 없으니"), content.actions().get(0));
  }

  @Test
  void nothing_known_is_a_report_too() {
    Content content = content(WorthWorld.NOW);

    assertNull(content.headlines().get(2).value());
    assertEquals(List.of("범위 전체가 100% 위나 아래에 있는 예산은 없습니다. 그대로 두고 다음 주를 보세요."), content.actions());
  }

  @Test
  void page_workbook_and_csv_say_the_same() throws IOException {
    world.market();
    Content content = content(WorthWorld.NOW);

    Map<String, byte[]> files = SameNumbers.of("channel", content, text);

    String page = new String(files.get("channel-ko.html"), StandardCharsets.UTF_8);
    assertTrue(page.contains("<svg class=\"bar80 good\""), "a band above 100 % is drawn");
    assertTrue(page.contains("<svg class=\"bar80 bad\""), "a band below 100 % is drawn");
    assertEquals(-1, page.substring(0, page.indexOf("<script")).indexOf(" style=\""));
    SameNumbers.of("channel", content(WorthWorld.NOW), text)
        .forEach((name, bytes) -> assertArrayEquals(files.get(name), bytes, name));
  }
}
