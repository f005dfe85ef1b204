package ltv.calculate.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import ltv.calculate.trace.Step.Line;
import ltv.calculate.trace.Step.Lines;
import ltv.config.SiteConfig;
import ltv.dataset.DatasetWords;
import ltv.lake.Storage;

/** The landing lines that rows name, as they were received while they are kept. */
public final class LandingLines implements AutoCloseable {
  private static final String FETCHED_AT = "fetched_at";

  private final SiteConfig site;
  private final Storage storage;
  private final int shown;

  /**
   * Of a site.
   *
   * @param shown of how many lines of a step the text is read; 0 for all
   */
  public LandingLines(SiteConfig site, int shown) {
    this.site = site;
    this.storage = Storage.landing(site);
    this.shown = shown;
  }

  /** The lines of these rows: those that bring most first. */
  Lines of(StepTable rows, StepTable.Sums all) {
    Known dataset = rows.dataset();
    String own = rows.isRow() ? "null" : rows.column();
    String fetched = dataset.has(FETCHED_AT) ? FETCHED_AT : "cast(null as timestamp)";
    String limit = shown == 0 ? "" : " limit " + shown;
    List<List<Object>> found =
        rows.session()
            .rows(
                "select %s, %s, trace__part, %s from %s order by abs(trace__part) desc, 1%s"
                    .formatted(dataset.line(), own, fetched, rows.table(), limit));
    Map<String, String> texts = texts(found, dataset.words().map(DatasetWords::raw));
    List<Line> lines = new ArrayList<>();
    for (List<Object> row : found) {
      String ref = String.valueOf(row.get(0));
      String text = texts.get(ref);
      lines.add(
          new Line(
              ref,
              row.get(1),
              row.get(2),
              text == null ? gone((LocalDateTime) row.get(3)) : text,
              text != null));
    }
    return new Lines(all.rows(), all.brings(), lines);
  }

  private String gone(LocalDateTime fetchedAt) {
    if (site.keepLandingDays() == null) {
      return "not in the landing " + storage.root();
    }
    String day =
        fetchedAt == null
            ? ""
            : " on "
                + fetchedAt.plusDays(site.keepLandingDays()).toLocalDate()
                + " at the earliest";
    return "expired%s (keep_landing_days: %d)".formatted(day, site.keepLandingDays());
  }

  /** The texts of those that are there, by what names them. */
  private Map<String, String> texts(List<List<Object>> rows, Optional<DatasetWords.Pages> pages) {
    Map<String, SortedSet<Long>> wanted = new HashMap<>();
    for (List<Object> row : rows) {
      String ref = String.valueOf(row.get(0));
      int at = ref.lastIndexOf('#');
      if (at > 0) {
        wanted
            .computeIfAbsent(ref.substring(0, at), f -> new TreeSet<>())
            .add(Long.valueOf(ref.substring(at + 1)));
      }
    }
    Map<String, String> texts = new HashMap<>();
    wanted.forEach(
        (file, numbers) -> {
          String location = storage.location(file);
          if (storage.exists(location)) {
            try {
              new LandedRows(storage, file, pages, headerless(file))
                  .read(numbers)
                  .forEach((n, text) -> texts.put(file + "#" + n, text));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    return texts;
  }

  /** Whether the site says of a dropped file that it begins without names. */
  private boolean headerless(String file) {
    String[] parts = file.split("/");
    return site.channels().containsKey(parts[0])
        && "absent"
            .equals(
                site.channels()
                    .get(parts[0])
                    .path("streams")
                    .path(parts[1])
                    .path("header")
                    .asText());
  }

  @Override
  public void close() {
    storage.close();
  }
}
