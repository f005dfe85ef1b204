package ltv.calculate.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.calculate.publish.Version.Edition;
import ltv.calculate.report.Week;
import ltv.calculate.report.file.HtmlPage;
import ltv.calculate.report.type.ReportType;
import ltv.calculate.report.words.Text;
import ltv.lake.WebFiles.Keeping;

/**
 * The pages that lead to reports: an index of the site, and per type one that leads to its newest
 * week. They are made from the versions that are there, so that a run which ended before it came to
 * them is made good by the next. The index leads to the explorer too, where one lies beside the
 * site's folder.
 */
public final class IndexPages {
  private static final List<String> ORDER =
      List.of(ReportType.values()).stream().map(ReportType::code).toList();

  private final Shelf shelf;

  /** The pages of a shelf. */
  public IndexPages(Shelf shelf) {
    this.shelf = shelf;
  }

  /**
   * A report in the index.
   *
   * @param version it
   * @param edition it in the page's language
   */
  public record Item(Version version, Edition edition) {
    /** Where one of its files lies, from the index. */
    public String link(String file) {
      return version.folder() + "/" + file;
    }
  }

  /** A week of the index and its reports. */
  public record OfWeek(Week week, List<Item> items) {}

  /** A month of the index and its weeks, the newest first. */
  public record Month(String name, List<OfWeek> weeks) {}

  /** Writes all of them, in each of these languages. */
  public void write(List<Text> languages) {
    Collection<Version> newest = shelf.newest();
    for (Text text : languages) {
      List<Item> items = items(newest, text.language());
      List<String> others =
          languages.stream().map(Text::language).filter(l -> !l.equals(text.language())).toList();
      write("index-" + text.language() + ".html", index(items, text, others));
      Map<String, Item> latest = new TreeMap<>();
      items.forEach(item -> latest.putIfAbsent(item.version().type(), item));
      latest.forEach(
          (type, item) ->
              write(type + "/latest-" + text.language() + ".html", leading(item, text)));
    }
  }

  private void write(String name, String page) {
    shelf.write(name, page.getBytes(StandardCharsets.UTF_8), Keeping.ASK_AGAIN);
  }

  /** The newest week first, and in it the types in their order. */
  private static List<Item> items(Collection<Version> newest, String language) {
    return newest.stream()
        .flatMap(v -> v.in(language).map(edition -> new Item(v, edition)).stream())
        .sorted(
            Comparator.comparing((Item item) -> item.version().ofWeek().monday())
                .reversed()
                .thenComparing(item -> place(item.version().type()))
                .thenComparing(item -> item.version().type()))
        .toList();
  }

  /** Types that this version of the job does not know come last. */
  private static int place(String type) {
    int place = ORDER.indexOf(type);
    return place < 0 ? ORDER.size() : place;
  }

  private String index(List<Item> items, Text text, List<String> others) {
    Map<Week, List<Item>> weeks = new LinkedHashMap<>();
    items.forEach(
        item -> weeks.computeIfAbsent(item.version().ofWeek(), w -> new ArrayList<>()).add(item));
    Map<String, List<OfWeek>> months = new LinkedHashMap<>();
    weeks.forEach(
        (week, of) ->
            months
                .computeIfAbsent(text.month(week), m -> new ArrayList<>())
                .add(new OfWeek(week, of)));
    return HtmlPage.small(
        "index.jte",
        Map.of(
            "site",
            shelf.site(),
            "months",
            months.entrySet().stream().map(m -> new Month(m.getKey(), m.getValue())).toList(),
            "others",
            others,
            "explorer",
            Optional.of("explore-" + text.language() + ".html")
                .filter(shelf::isBeside)
                .map(page -> "../" + page)),
        text,
        Map.of(
            "site",
            shelf.site(),
            "fresh",
            text.of("index.fresh"),
            "read",
            text.of("index.read"),
            "refused",
            text.of("index.refused")),
        "index");
  }

  private static String leading(Item item, Text text) {
    return HtmlPage.part(
        "latest.jte",
        Map.of(
            "t",
            text,
            "title",
            text.orSelf("common", "title_" + item.version().type()),
            "target",
            "../" + item.link(item.edition().page())));
  }
}
