package ltv.ingest.type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;

/**
 * The first row of a page and where each declared column stands in it. Columns are found by name,
 * never by place: case, blanks and underscores do not tell names apart.
 */
final class HeaderRow {
  /** What a reader of UTF-8 puts where bytes are none. */
  private static final char NOT_UTF_8 = '\uFFFD';

  private final List<String> names;
  private final Map<String, Integer> places = new TreeMap<>();

  /**
   * Binds the declared columns.
   *
   * @param names the first row's cells; a blank one names nothing
   * @param page as messages call it
   * @throws ChannelException when a name is there twice, or a required column is missing
   */
  HeaderRow(List<String> names, RawShape shape, String page) {
    this.names = List.copyOf(names);
    refuseTwins(page);
    List<RawColumn> owed = new ArrayList<>();
    for (RawColumn column : shape.columns()) {
      List<Integer> found = column.value() == null ? placesOf(column) : List.of();
      if (found.size() > 1) {
        throw refused(
            page, "has more than one column " + column.name() + ": " + named(found, names));
      }
      found.forEach(place -> places.put(column.name(), place));
      if (found.isEmpty() && column.required() && column.value() == null) {
        owed.add(column);
      }
    }
    if (!owed.isEmpty()) {
      throw refused(
          page,
          "lacks the required column "
              + owed.stream().map(HeaderRow::called).collect(Collectors.joining(", "))
              + "; its header has "
              + String.join(", ", names));
    }
  }

  private void refuseTwins(String page) {
    Map<String, Integer> seen = new LinkedHashMap<>();
    names.stream().filter(n -> !n.isBlank()).forEach(n -> seen.merge(n, 1, Integer::sum));
    List<String> twice =
        seen.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
    if (!twice.isEmpty()) {
      throw refused(page, "has the column " + String.join(", ", twice) + " twice");
    }
  }

  private List<Integer> placesOf(RawColumn column) {
    Set<String> known = column.names().stream().map(HeaderRow::folded).collect(Collectors.toSet());
    int exact = names.indexOf(column.from());
    if (exact >= 0) {
      known.remove(folded(column.from())); // one that differs in case only is another column
    }
    return IntStream.range(0, names.size())
        .filter(i -> i == exact || known.contains(folded(names.get(i))))
        .boxed()
        .toList();
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "");
  }

  private static String named(List<Integer> places, List<String> names) {
    return places.stream().map(names::get).collect(Collectors.joining(", "));
  }

  private static String called(RawColumn column) {
    return String.join(" or ", column.names());
  }

  private ChannelException refused(String page, String complaint) {
    String encoding =
        names.stream().anyMatch(n -> n.indexOf(NOT_UTF_8) >= 0)
            ? " It is not UTF-8: save it so, or give its charset where the site can say it."
            : "";
    return new ChannelException(
        Kind.BAD_FILE,
        page
            + " "
            + complaint
            + "."
            + encoding
            + " Nothing of the day was committed; mend it and run the day again.");
  }

  /** How many columns the page has. */
  int size() {
    return names.size();
  }

  /** The column's place, from 0; -1 when the page does not have it. */
  int at(RawColumn column) {
    return places.getOrDefault(column.name(), -1);
  }

  /** The page's columns, each as the shape calls it where the shape knows it. */
  List<String> fields(RawShape shape) {
    List<String> fields = new ArrayList<>(names);
    shape.columns().stream().filter(c -> at(c) >= 0).forEach(c -> fields.set(at(c), c.from()));
    fields.removeIf(String::isBlank);
    return fields;
  }

  /** The expression that is a column's text; null where the page does not have it. */
  String column(RawColumn column, IntFunction<String> cell) {
    int at = at(column);
    return at < 0 ? "null" : cell.apply(at);
  }

  /** The expression that is what nobody declared, as JSON text; null where all is declared. */
  String extra(IntFunction<String> cell) {
    String unknown =
        unknown().entrySet().stream()
            .map(e -> "'" + DuckDbSession.quoted(e.getValue()) + "', " + cell.apply(e.getKey()))
            .collect(Collectors.joining(", "));
    return unknown.isEmpty() ? "null" : "cast(json_object(" + unknown + ") as varchar)";
  }

  /** Names of the columns that nobody declared, by place; those without a name are numbered. */
  private Map<Integer, String> unknown() {
    Map<Integer, String> unknown = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (!places.containsValue(i)) {
        unknown.put(i, names.get(i).isBlank() ? "column " + (i + 1) : names.get(i));
      }
    }
    return unknown;
  }
}
