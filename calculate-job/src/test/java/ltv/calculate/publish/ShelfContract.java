package ltv.calculate.publish;

import static ltv.calculate.publish.Reports.ENGLISH;
import static ltv.calculate.publish.Reports.KOREAN;
import static ltv.calculate.publish.Reports.MONDAY;
import static ltv.calculate.publish.Reports.draft;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.lake.Storage;
import ltv.lake.Storage.StoredFile;
import ltv.lake.WebFiles;
import ltv.lake.WebFiles.Keeping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of published reports wherever they lie. */
abstract class ShelfContract {
  Storage place;
  Shelf shelf;

  abstract Storage open() throws IOException;

  @BeforeEach
  void arrange() throws IOException {
    place = open();
    shelf = new Shelf(place, "shop");
  }

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void same_bytes_are_one_version_which_is_written_once() {
    Version first = shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY);
    List<StoredFile> written = files();

    Version second = shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY.plusSeconds(60));

    assertEquals(first, second);
    assertEquals(written, files());
    assertEquals(
        7, written.size(), "a page, a workbook and a table in two languages, and the facts");
    assertTrue(first.folder().matches("2026-W47/cohort/[0-9a-f]{12}"), first.folder());
  }

  /** Its page goes on to name the run whose marts it was made from. */
  @Test
  void the_same_rows_that_another_run_built_are_the_same_version() throws IOException {
    Version first = shelf.publish(draft("cohort", "2026-W47", "up", "run-1"), MONDAY);
    List<StoredFile> written = files();

    Version second =
        shelf.publish(draft("cohort", "2026-W47", "up", "run-2"), MONDAY.plusSeconds(60));

    assertEquals(first, second);
    assertEquals(written, files());
    assertTrue(text(first.folder() + "/cohort-en.html").contains("<td>run-1</td>"));
  }

  @Test
  void other_bytes_are_another_version_and_the_first_stays_as_it_was() throws IOException {
    Version first = shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY);
    String page = text(first.folder() + "/cohort-ko.html");

    Version second = shelf.publish(draft("cohort", "2026-W47", "down"), MONDAY);

    assertNotEquals(first.hash(), second.hash());
    assertEquals(page, text(first.folder() + "/cohort-ko.html"));
    assertEquals(List.of(second), List.copyOf(shelf.newest()));
  }

  @Test
  void numbers_that_return_to_what_they_were_are_the_newest_again() {
    Version first = shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY);
    shelf.publish(draft("cohort", "2026-W47", "down"), MONDAY);
    Version third = shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY);

    assertEquals(first.hash(), third.hash());
    assertEquals(List.of(third), List.copyOf(shelf.newest()));
  }

  @Test
  void a_version_counts_when_its_facts_are_there_and_no_sooner() throws IOException {
    Version whole = shelf.publish(draft("cohort", "2026-W46", "up"), MONDAY);
    Version cut = shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY);
    Version bad = shelf.publish(draft("cohort", "2026-W45", "up"), MONDAY);
    place.delete(place.location("shop/" + cut.folder() + "/" + Version.FACTS));
    shelf.write(
        bad.folder() + "/" + Version.FACTS,
        "{\"site\": 1".getBytes(StandardCharsets.UTF_8),
        Keeping.ASK_AGAIN);

    write();

    assertEquals(List.of(whole), List.copyOf(shelf.newest()));
    assertFalse(text("index-ko.html").contains("2026-W47"));
    assertTrue(text("cohort/latest-ko.html").contains(whole.folder()));
    assertEquals(cut.hash(), shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY).hash());
    write();
    assertTrue(text("cohort/latest-ko.html").contains(cut.folder()), "the next run mends it");
  }

  @Test
  void the_index_leads_to_an_explorer_that_lies_beside_and_says_nothing_of_none()
      throws IOException {
    shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY);
    write();
    assertFalse(text("index-ko.html").contains("explore-"));

    new WebFiles(place)
        .write(place.location("explore-ko.html"), new byte[] {'x'}, Keeping.ASK_AGAIN);
    write();

    assertTrue(text("index-ko.html").contains("<a href=\"../explore-ko.html\">고객 가치 탐색기</a>"));
    assertFalse(text("index-en.html").contains("explore-"), "there is none in English");
  }

  @Test
  void a_run_that_ends_before_the_index_leaves_the_old_one_and_the_next_mends_it()
      throws IOException {
    shelf.publish(draft("cohort", "2026-W47", "up"), MONDAY);
    write();
    String old = text("index-ko.html");

    Version next = shelf.publish(draft("cohort", "2026-W47", "down"), MONDAY);

    assertEquals(old, text("index-ko.html"));
    for (String link : found("class=\"open\" href=\"([^\"]+)\"", old)) {
      assertTrue(place.exists(place.location("shop/" + link)), link);
    }
    shelf.publish(draft("cohort", "2026-W47", "down"), MONDAY);
    write();
    assertTrue(text("index-ko.html").contains(next.folder()));
    assertTrue(text("cohort/latest-ko.html").contains(next.folder()));
  }

  @Test
  void every_link_of_the_index_leads_to_a_file_and_the_newest_week_comes_first()
      throws IOException {
    for (String week : List.of("2026-W47", "2026-W45", "2026-W40")) {
      ofAnotherJob(shelf.publish(draft("cohort", week, "up"), MONDAY));
    }

    write();

    for (String language : List.of("ko", "en")) {
      String index = text("index-" + language + ".html");
      List<String> links = found("href=\"([^\"#]+)\"", index);
      links.removeIf(link -> link.startsWith("data:"));
      assertEquals(
          19, links.size(), links.toString()); // three files of six reports, and a language
      for (String link : links) {
        assertTrue(place.exists(place.location("shop/" + link)), link);
      }
      assertEquals(
          List.of("W47/cohort", "W47/other", "W45/cohort", "W45/other", "W40/cohort", "W40/other"),
          found("class=\"open\" href=\"2026-(W\\d+/[a-z]+)/", index));
    }
    assertEquals(
        List.of("2026년 11월", "2026년 10월"), found("<h2>([^<]+)</h2>", text("index-ko.html")));
    assertEquals(
        List.of("November 2026", "October 2026"), found("<h2>([^<]+)</h2>", text("index-en.html")));
    String target = found("url=\\.\\./([^\"]+)\"", text("other/latest-en.html")).get(0);
    assertTrue(target.startsWith("2026-W47/other/"), target);
    assertTrue(place.exists(place.location("shop/" + target)), target);
  }

  @Test
  void the_index_is_the_same_bytes_for_the_same_versions_and_names_are_no_markup()
      throws IOException {
    shelf.publish(
        draft("cohort", "2026-W47", Reports.HOSTILE), Instant.parse("2026-11-23T01:00:00Z"));
    write();
    String index = text("index-ko.html");
    write();

    assertEquals(index, text("index-ko.html"));
    assertTrue(index.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "readable as it is");
    assertFalse(index.contains("<script>alert"));
    assertFalse(index.contains(" style="), "the policy refuses it");
    assertEquals(List.of("<script type", "<script>"), found("(<script(?: type|>))", index));
  }

  /** The same as a report of a type that only a newer job knows. */
  private void ofAnotherJob(Version known) {
    Version other =
        new Version(
            known.site(),
            known.week(),
            "other",
            known.hash(),
            known.asOf(),
            known.state(),
            known.publishedAt(),
            known.languages());
    known
        .languages()
        .forEach(
            edition ->
                Stream.of(edition.page(), edition.workbook(), edition.tables().get(0).file())
                    .forEach(
                        file ->
                            shelf.write(
                                other.folder() + "/" + file, new byte[1], Keeping.FOREVER)));
    shelf.write(other.folder() + "/" + Version.FACTS, other);
  }

  void write() {
    new IndexPages(shelf).write(List.of(KOREAN, ENGLISH));
  }

  String text(String name) throws IOException {
    return new String(place.read(place.location("shop/" + name)), StandardCharsets.UTF_8);
  }

  static List<String> found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return new ArrayList<>(matcher.results().map(r -> r.group(1)).toList());
  }

  private List<StoredFile> files() {
    return place.list(place.location("shop")).stream()
        .sorted(Comparator.comparing(StoredFile::location))
        .toList();
  }
}
