package ltv.calculate.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * A condition that somebody typed. It is taken apart by the engine's own parser, which runs
 * nothing, and may be no more than one expression on the columns of a mart: no statement after it,
 * no query in it, and nothing that tells of the machine.
 */
final class Condition {
  private static final String QUERY = "select 1 from exported where ";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FORBIDDEN_PARTS = Set.of("SUBQUERY", "WINDOW", "PARAMETER");
  private static final Set<String> FORBIDDEN_FUNCTIONS =
      Set.of("current_setting", "getenv", "getvariable", "write_log", "nextval", "currval");

  private final String text;
  private final String mart;
  private final List<String> columns;

  Condition(String text, String mart, List<Column> columns) {
    this.text = text;
    this.mart = mart;
    this.columns = columns.stream().map(Column::name).toList();
  }

  /**
   * What stands after {@code where}, when it is harmless.
   *
   * @throws JobException with exit 64 when it is not, or is none
   */
  String checked(DuckDbSession session) {
    if (text.isBlank()) {
      throw refused("is empty");
    }
    String where = "(" + text + "\n)"; // a comment at its end must not swallow the bracket
    JsonNode parsed = parse(session, QUERY + where);
    if (parsed.path("error").asBoolean()) {
      throw refused("cannot be read: " + parsed.path("error_message").asText());
    }
    JsonNode node = parsed.path("statements").path(0).path("node");
    if (parsed.path("statements").size() != 1
        || !node.path("type").asText().equals("SELECT_NODE")) {
      throw refused("must be one expression");
    }
    check(node.path("where_clause"));
    // "true) group by x having (…" closes the bracket itself
    if (!besides(node)
        .equals(
            besides(parse(session, QUERY + "(true)").path("statements").path(0).path("node")))) {
      throw refused("must be one expression");
    }
    return where;
  }

  /** What a query has besides its condition, wherever that stands in its text. */
  private static JsonNode besides(JsonNode query) {
    ObjectNode rest = query.deepCopy();
    rest.remove("where_clause");
    rest.findParents("query_location").forEach(p -> ((ObjectNode) p).remove("query_location"));
    return rest;
  }

  private static JsonNode parse(DuckDbSession session, String query) {
    Object tree =
        session
            .rows(
                "select cast(json_serialize_sql(cast('%s' as varchar)) as varchar)"
                    .formatted(DuckDbSession.quoted(query)))
            .get(0)
            .get(0);
    try {
      return JSON.readTree(tree.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the engine writes JSON", e);
    }
  }

  private void check(JsonNode node) {
    if (FORBIDDEN_PARTS.contains(node.path("class").asText())) {
      throw refused(
          "may not hold a %s"
              .formatted(node.path("class").asText().toLowerCase(java.util.Locale.ROOT)));
    }
    if (FORBIDDEN_FUNCTIONS.contains(node.path("function_name").asText())) {
      throw refused("may not call " + node.path("function_name").asText());
    }
    JsonNode names = node.path("column_names");
    if (names.size() > 0) {
      String column = names.get(names.size() - 1).asText();
      if (columns.stream().noneMatch(column::equalsIgnoreCase)) {
        throw refused("names %s, which is no column".formatted(column));
      }
    }
    node.forEach(this::check);
  }

  /** The complaint, with what could be meant. */
  JobException refused(String why) {
    return new JobException(
        ExitCode.USAGE,
        "--where %s. It is a condition in SQL on the columns of %s: %s."
            .formatted(why, mart, columns.stream().collect(Collectors.joining(", "))));
  }
}
