package ltv.calculate.explore;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.calculate.report.DataStatus.Mart;
import ltv.calculate.report.file.HtmlPage;
import ltv.calculate.report.words.Text;
import ltv.engine.DuckDbSession;

/**
 * A page in which a reader chooses campaigns, weeks and ages, and sees what their users are worth,
 * return and pay back; all of it is computed in the browser from what lies in the page.
 */
public final class Explorer {
  /** The marts that it reads; a session must see them as of the day. */
  public static final List<String> MARTS =
      List.of("mart_roas_cohort", "mart_ltv_campaign", "mart_ltv_curve");

  private Explorer() {}

  /**
   * The page in the language of a text, the same for the same marts.
   *
   * @param session sees {@link #MARTS}
   * @param versions of the marts, to be told
   */
  public static String page(
      DuckDbSession session, String site, LocalDate asOf, List<Mart> versions, Text text) {
    Map<String, Object> data = ExploreData.of(session, asOf, text);
    data.put("as_of", asOf.toString());
    data.put("currency", text.currency());
    data.put("site", site);
    data.put("most_rows", ExploreData.MOST_ROWS);
    data.put("words", text.all("explore"));
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("site", site);
    parameters.put("asOf", asOf);
    parameters.put("versions", versions);
    parameters.put("t", text);
    return HtmlPage.render(
        "explore.jte",
        parameters,
        text,
        data,
        List.of("page.css", beside("explore.css")),
        List.of(beside("sums.js"), beside("files.js"), beside("explore.js")));
  }

  private static String beside(String name) {
    return "/ltv/calculate/explore/" + name;
  }
}
