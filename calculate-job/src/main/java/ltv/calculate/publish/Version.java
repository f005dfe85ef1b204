package ltv.calculate.publish;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import ltv.calculate.report.DataStatus.State;
import ltv.calculate.report.Week;

/**
 * A version of a report as its {@code report.json} tells of it. The file is written last: files
 * without it are no version.
 *
 * @param site short name
 * @param week as 2026-W47
 * @param type cohort, channel, product, site or ltv
 * @param hash of what its files say, 12 hex digits: the same from marts of the same rows, whichever
 *     run built them; the files name the one whose marts they were made from
 * @param asOf day on which all of it was known
 * @param state final, provisional or held
 * @param publishedAt instant of the run that published it last; the newest of a week is shown
 * @param languages what it says in each
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Version(
    String site,
    String week,
    String type,
    String hash,
    String asOf,
    State state,
    String publishedAt,
    List<Edition> languages) {
  static final String FACTS = "report.json";

  public Version {
    languages = List.copyOf(languages);
    Week.of(week);
    LocalDate.parse(asOf);
    Instant.parse(publishedAt);
  }

  /**
   * The report in one language.
   *
   * @param language ko or en
   * @param finding the one sentence to read
   * @param page name of the page
   * @param workbook name of the workbook
   * @param tables the CSV files
   */
  public record Edition(
      String language, String finding, String page, String workbook, List<Csv> tables) {
    public Edition {
      tables = List.copyOf(tables);
    }
  }

  /**
   * A table as a file.
   *
   * @param file its name
   * @param caption what it shows
   */
  public record Csv(String file, String caption) {}

  /** Its folder, below that of the site. */
  public String folder() {
    return week + "/" + type + "/" + hash;
  }

  /** The week it is of. */
  public Week ofWeek() {
    return Week.of(week);
  }

  /** It in one language; empty when it was not written in that. */
  public Optional<Edition> in(String language) {
    return languages.stream().filter(e -> e.language().equals(language)).findFirst();
  }

  Version publishedAt(String instant) {
    return new Version(site, week, type, hash, asOf, state, instant, languages);
  }
}
