package ltv.calculate.report.type.ltv;

import static ltv.calculate.report.type.Marts.cell;
import static ltv.calculate.report.type.Marts.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import ltv.calculate.report.drawing.Curve;
import ltv.calculate.report.file.SameNumbers;
import ltv.calculate.report.type.Marts;
import ltv.calculate.report.type.channel.ChannelReport;
import ltv.calculate.report.type.worth.WorthWorld;
import ltv.calculate.report.words.Text;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LtvReportTest {
  private static final double[] BAND = {9e3, 10e3, 11e3};

  private final DuckDbSession session = DuckDbCases.open();
  private final WorthWorld world = new WorthWorld(session);
  private final Text text = WorthWorld.korean();

  @AfterEach
  void close() {
    session.close();
  }

  private Content content() {
    return LtvReport.of(world.facts(WorthWorld.NOW), text);
  }

  @Test
  void what_a_user_is_worth_beside_its_cost_is_the_finding() {
    world.market();

    Content content = content();

    assertEquals(
        "사용자 한 명의 D180 예측 가치는 14,000원입니다(80% 범위 12,000원 – 16,000원)."
            + " 획득 비용은 13,000원이며, 120일 만에 회수됩니다(범위 90일부터).",
        content.finding());
    assertEquals(
        "전체: 1인당 예측 가치 D180 14,000원(지난주 15,000원), 1인당 획득 비용 13,000원(지난주 13,000원).",
        content.changed().get(0));
    assertEquals(
        List.of(14_000.0, 120.0, 14 / 13.0, 400.0),
        content.headlines().stream().map(Headline::value).toList());
  }

  @Test
  void value_that_does_not_reach_cost_is_said_so() {
    world.worth(WorthWorld.NOW, "all", "all", "all", 90, 100, 2_000_000, BAND, "- - -");

    assertTrue(content().finding().endsWith("획득 비용은 20,000원이며, 범위 상단으로도 D90 안에는 회수되지 않습니다."));
  }

  @Test
  void the_curve_tells_what_was_paid_apart_from_what_is_expected() {
    world.market();

    Content content = content();

    Table curve = table(content, "curve");
    // 50 + 50 of Naver and 60 + 20 of Meta are of weeks that are wholly 7 days old
    assertEquals(530_000 / 180.0, (Double) cell(curve, "D7", "실제로 낸 금액").value(), 1e-9);
    assertEquals(180L, cell(curve, "D7", "이른 사용자").value());
    assertNull(cell(curve, "D180", "실제로 낸 금액").value());
    assertEquals(new Estimate(14e3, 12e3, 16e3), cell(curve, "D180", "예측 가치").value());
    Curve drawn = (Curve) content.sections().get(0).chart().orElseThrow().data();
    assertEquals(List.of(7L, 30L, 180L), drawn.points().stream().map(Curve.Point::age).toList());
    assertEquals(13_000.0, drawn.cost());
    assertEquals(120.0, drawn.payback());
    assertEquals("실측 D7까지", drawn.words().until());
    assertNull(drawn.points().get(1).observed());
  }

  @Test
  void campaigns_that_moved_beyond_half_their_band_are_told_by_a_safe_name() {
    world.market();
    world.worth(
        WorthWorld.NOW.minusDays(7),
        "campaign",
        "meta",
        "m1",
        180,
        100,
        2_000_000,
        new double[] {15e3, 16e3, 17e3},
        "- - -");

    Content content = content();

    assertEquals(
        "\u2068m1\u2069: 예측 ROAS D180이 80%에서 60%로 내렸습니다(80% 범위 50% – 70%). 지난주 범위와 겹치지 않습니다.",
        content.changed().get(1));
    Table moves = table(content, "moves");
    assertEquals("예", cell(moves, "m1", "범위의 절반을 넘었나").value());
    assertEquals("보정됨", cell(table(content, "campaigns"), "m1", "상태").value());
    assertEquals(WorthWorld.HOSTILE, table(content, "campaigns").rows().get(2).get(0).value());
  }

  @Test
  void few_users_move_nobody_to_act() {
    world
        .worth(
            WorthWorld.NOW.minusDays(7), "campaign", "meta", "m1", 180, 29, 100_000, BAND, "9 8 10")
        .worth(WorthWorld.NOW, "all", "all", "all", 180, 29, 900_000, BAND, "- - -")
        .worth(WorthWorld.NOW, "campaign", "meta", "m1", 180, 29, 900_000, BAND, "99 88 101");

    Content content = content();

    assertEquals(List.of("예측 ROAS가 지난주 범위의 절반보다 크게 움직인 캠페인은 없습니다."), content.changed());
    assertEquals(List.of("범위 전체가 100% 위나 아래에 있는 예산은 없습니다. 그대로 두고 다음 주를 보세요."), content.actions());
    assertTrue(cell(table(content, "campaigns"), "m1", "예측 ROAS D180").few());
    assertEquals("아니요", cell(table(content, "moves"), "m1", "범위의 절반을 넘었나").value());
  }

  /** The age that can be told now could not be told then, though payback could. */
  @Test
  void what_was_not_told_a_week_before_did_not_move() {
    LocalDate before = WorthWorld.NOW.minusDays(7);
    world
        .worth(WorthWorld.NOW, "all", "all", "all", 180, 100, 900_000, BAND, "70 60 80")
        .worth(before, "campaign", "meta", "m1", 180, 100, 900_000, null, "20 18 22")
        .worth(WorthWorld.NOW, "campaign", "meta", "m1", 180, 100, 900_000, BAND, "70 60 80");

    Content content = content();

    assertEquals(List.of("예측 ROAS가 지난주 범위의 절반보다 크게 움직인 캠페인은 없습니다."), content.changed());
    assertEquals(List.of(), Marts.section(content, "moves").tables());
    assertEquals(
        "같은 기간까지의 지난주 예측이 있는 캠페인이 없어 비교할 수 없습니다.", Marts.section(content, "moves").introduction());
  }

  @Test
  void forty_campaigns_are_shown_and_the_rest_summed() {
    world.worth(WorthWorld.NOW, "all", "all", "all", 180, 100, 1_000_000, BAND, "- - -");
    for (int i = 0; i < 43; i++) {
      world.worth(
          WorthWorld.NOW,
          "campaign",
          "meta",
          "m%02d".formatted(i),
          180,
          40,
          1_000 - i,
          BAND,
          "- - -");
    }

    Table campaigns = table(content(), "campaigns");

    assertEquals(40, campaigns.rows().size());
    List<Cell> more = campaigns.foot().orElseThrow();
    assertEquals(
        List.of("그 외 3개", 120L, 2_877.0),
        List.of(more.get(0).value(), more.get(1).value(), more.get(2).value()));
    assertNull(more.get(3).value());
  }

  @Test
  void how_far_forecasts_can_be_trusted_is_said_with_its_number_of_tests() {
    world.market().test(7, 46, "-0.001", "0.91").test(30, 12, "-0.147", "0.75");

    Content content = content();

    assertEquals(
        "예측은 얼마나 믿을 만한가: 지난 D30 예측의 합계는 실제와 −14.7% 차이였고, 80% 범위에 75%가 들었습니다(테스트 12건).",
        content.reasons().get(content.reasons().size() - 1));
    Table tests = table(content, "tests");
    assertEquals("테스트가 30건 미만이라 참고만 하세요", cell(tests, "D30", "테스트").note());
    assertNull(cell(tests, "D7", "테스트").note());
  }

  @Test
  void nothing_known_is_a_report_too() {
    Content content = content();

    assertEquals("아직 가치를 말하기 이릅니다. 첫 결제가 나온 뒤 예측이 시작됩니다.", content.finding());
    assertNull(content.headlines().get(0).value());
  }

  @Test
  void page_workbook_and_csv_say_the_same_and_hostile_names_are_harmless() throws IOException {
    world.market().test(7, 46, "-0.001", "0.91");

    Map<String, byte[]> files = SameNumbers.of("ltv", content(), text);

    String page = new String(files.get("ltv-ko.html"), StandardCharsets.UTF_8);
    assertFalse(page.contains("<script>alert"));
    assertTrue(page.contains("<bdi>=HYPERLINK"), "a name is isolated");
    String csv = new String(files.get("ltv-ko-campaigns.csv"), StandardCharsets.UTF_8);
    assertTrue(csv.contains("\"'=HYPERLINK("), "a formula is told as a text");
  }

  @Test
  void every_word_is_there_in_english() {
    world.market().test(7, 46, "-0.001", "0.91");
    Text english = new Text("en", "USD", java.time.ZoneId.of("Asia/Seoul"));

    Content ltv = LtvReport.of(world.facts(WorthWorld.NOW), english);
    Content channel = ChannelReport.of(world.facts(WorthWorld.NOW), english);

    assertTrue(ltv.finding().startsWith("A user is worth USD 14,000.00 by D180"), ltv.finding());
    assertTrue(
        channel.finding().startsWith("Naver Search: predicted ROAS D180 fell from 200% to 140%"),
        channel.finding());
  }
}
