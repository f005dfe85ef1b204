package ltv.calculate.report;

import java.time.LocalDate;
import java.util.List;

/**
 * What one weekly report says.
 *
 * @param type cohort, channel, product, site or ltv
 * @param site short name of the site
 * @param week that it is of
 * @param asOf day on which all of it was known
 * @param content what the type has to say
 * @param data what it was made from
 */
public record Report(
    String type, String site, Week week, LocalDate asOf, Content content, DataStatus data) {
  /** The same, whichever runs built the marts that it was made from. */
  public Report ofAnyRun() {
    return new Report(type, site, week, asOf, content, data.ofAnyRun());
  }

  /**
   * What a type of report has to say of a week.
   *
   * @param finding the one sentence to read
   * @param headlines up to four numbers
   * @param changed what changed, in sentences
   * @param reasons why it may be
   * @param actions what to do
   * @param sections the questions
   */
  public record Content(
      String finding,
      List<Headline> headlines,
      List<String> changed,
      List<String> reasons,
      List<String> actions,
      List<Section> sections) {
    public Content {
      sections = List.copyOf(sections);
    }
  }
}
