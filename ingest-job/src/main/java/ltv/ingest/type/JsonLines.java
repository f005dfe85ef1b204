package ltv.ingest.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.engine.DuckDbSession;

/**
 * JSON objects, one to a line, split at the line feed only. Each declared field is text; of an
 * object that has members beyond those, a column may hold the rest as JSON text.
 *
 * @param path of the page, quoted
 */
record JsonLines(RawShape shape, String path, Care care) implements PageReader {
  /** Longest line. */
  private static final int LONGEST = 1 << 24;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How the lines are read. */
  public enum Care {
    /** Each line must be an object: one that is not ends the query. */
    STRICT,
    /** A line that is none alone is joined with the next one or two, else it is an error row. */
    LINE_BY_LINE
  }

  @Override
  public String rows() {
    Map<String, Set<String>> tops = tops();
    String names =
        tops.entrySet().stream()
            .flatMap(top -> shown(top.getKey(), top.getValue()))
            .collect(Collectors.joining(", "));
    return care == Care.STRICT
        ? "select %s, row_number() over () as n, null as extra, null as error from read_json(%s, format = 'newline_delimited', columns = {%s}, maximum_object_size = %d)"
            .formatted(names, path, types(tops, "'", "'"), LONGEST)
        : "select %s, n, null as extra, error from (select whole.*, n, error from (select json_transform(whole, '{%s}') as whole, n, error from (%s)))"
            .formatted(names, types(tops, "\"", "\""), lines());
  }

  /** Fields of the objects, with the members that are read of each that is an object itself. */
  private Map<String, Set<String>> tops() {
    Map<String, Set<String>> tops = new LinkedHashMap<>();
    for (RawColumn column : shape.columns()) {
      for (String name : column.names()) {
        Set<String> members = tops.computeIfAbsent(top(name), t -> new LinkedHashSet<>());
        if (name.contains(".")) {
          members.add(member(name));
        }
      }
    }
    return tops;
  }

  private static String types(Map<String, Set<String>> tops, String open, String close) {
    return tops.entrySet().stream()
        .map(
            top ->
                open
                    + DuckDbSession.quoted(top.getKey())
                    + close
                    + ": "
                    + open
                    + (top.getValue().isEmpty() ? "VARCHAR" : "JSON")
                    + close)
        .collect(Collectors.joining(", "));
  }

  /** A field; of an object, what is read of it and what is left. */
  private Stream<String> shown(String top, Set<String> members) {
    if (members.isEmpty()) {
      return Stream.of(name(top));
    }
    ObjectNode read = JSON.createObjectNode();
    ObjectNode dropped = JSON.createObjectNode();
    members.forEach(member -> read.put(member, "VARCHAR"));
    members.forEach(dropped::putNull);
    Stream<String> fields =
        Stream.of("json_transform(%s, '%s') as %s".formatted(name(top), quoted(read), fields(top)));
    List<RawColumn> rests =
        shape.columns().stream().filter(c -> c.isRest() && c.from().equals(top)).toList();
    rests.forEach(rest -> rest.without().forEach(dropped::putNull));
    Stream<String> rest =
        rests.stream()
            .map(
                r ->
                    "case when %1$s is not null then cast(json_merge_patch(%1$s, '%2$s') as varchar) end as %3$s"
                        .formatted(name(top), quoted(dropped), rest(top)));
    return Stream.concat(fields, rest);
  }

  private static String quoted(ObjectNode node) {
    return DuckDbSession.quoted(node.toString());
  }

  /** What was torn at a line break that should have been escaped is whole again when joined. */
  private String lines() {
    return """
    select whole, n, case when whole is null then line end as error from (
      select *, lag(taken, 1, 1) over (order by n) as before, lag(taken, 2, 1) over (order by n) as before_that from (
        select line, n,
          case when json_valid(line) then line when json_valid(line || second) then line || second
            when json_valid(line || second || third) then line || second || third end as whole,
          case when json_valid(line) then 1 when json_valid(line || second) then 2
            when json_valid(line || second || third) then 3 else 1 end as taken
        from (select line, n, lead(line, 1) over (order by n) as second, lead(line, 2) over (order by n) as third
          from (%s) where line is not null)))
    where before < 2 and before_that < 3"""
        .formatted(PageReader.lines(path));
  }

  @Override
  public String column(RawColumn column) {
    if (column.isRest()) {
      return rest(column.from());
    }
    String values =
        column.names().stream()
            .map(n -> n.contains(".") ? fields(top(n)) + "." + name(member(n)) : name(n))
            .collect(Collectors.joining(", "));
    return column.also().isEmpty() ? values : "coalesce(" + values + ")";
  }

  private static String top(String path) {
    return path.split("\\.", 2)[0];
  }

  private static String member(String path) {
    return path.split("\\.", 2)[1];
  }

  private static String fields(String top) {
    return name(top + " fields");
  }

  private static String rest(String top) {
    return name(top + " rest");
  }

  private static String name(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }
}
