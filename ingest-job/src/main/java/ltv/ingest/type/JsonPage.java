package ltv.ingest.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.type.RawShape.Format;

/**
 * Pages of JSON objects, each with an array of rows: one object, or an array of them. Every value
 * as text, absent as null. DuckDB reserves twice the largest object before it reads, so it is told
 * how large one can be.
 *
 * @param path of the page, quoted
 * @param bytes of the page, unpacked
 * @param fields of its rows
 */
record JsonPage(RawShape shape, String path, long bytes, List<String> fields)
    implements PageReader {
  private static final long SMALLEST = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A page whose fields are looked at where the shape knows which it should have.
   *
   * @throws ChannelException when no row has a required field
   */
  static JsonPage of(RawShape shape, DuckDbSession session, String path, long bytes, String name) {
    JsonPage page = new JsonPage(shape, path, bytes, List.of());
    List<String> required =
        shape.columns().stream().filter(RawColumn::required).map(RawColumn::from).toList();
    if (shape.ignored() == null && required.isEmpty()) {
      return page;
    }
    Object structure =
        session.rows("select json_group_structure(r) from (" + page.rows() + ")").get(0).get(0);
    List<String> fields = new ArrayList<>();
    flatten(read(String.valueOf(structure)), "", fields);
    List<String> missing =
        required.stream()
            .filter(r -> fields.stream().noneMatch(f -> f.equals(r) || f.startsWith(r + ".")))
            .toList();
    if (!fields.isEmpty() && !missing.isEmpty()) {
      throw new ChannelException(
          Kind.BAD_FILE,
          "%s has rows without the required field %s; its fields are %s. Nothing of the day was committed; if the source renamed it, name it anew in the dataset's raw section."
              .formatted(name, String.join(", ", missing), String.join(", ", fields)));
    }
    return new JsonPage(shape, path, bytes, fields);
  }

  private static JsonNode read(String structure) {
    try {
      return JSON.readTree(structure);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DuckDB's own JSON is not readable", e);
    }
  }

  private static void flatten(JsonNode structure, String path, List<String> fields) {
    if (structure.isObject()) {
      structure
          .properties()
          .forEach(
              field ->
                  flatten(
                      field.getValue(),
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      fields));
    } else if (structure.isArray()) {
      flatten(structure.path(0), path + "[0]", fields);
    } else if (!path.isEmpty()) {
      fields.add(path);
    }
  }

  @Override
  public String rows() {
    String[] steps = shape.rows().split("\\.", 2);
    String array =
        steps.length == 1
            ? '"' + steps[0] + '"'
            : "cast(json_extract(\"%s\", '%s') as json[])".formatted(steps[0], at(steps[1]));
    List<String> beside =
        shape.columns().stream()
            .filter(RawColumn::page)
            .map(c -> c.from().split("\\.", 2)[0])
            .distinct()
            .toList();
    String names = beside.stream().map(b -> ", \"" + b + '"').collect(Collectors.joining());
    String types = beside.stream().map(b -> ", '" + b + "': 'JSON'").collect(Collectors.joining());
    return """
    select r, row_number() over () as n, null as extra, null as error%s from (
      select unnest(%s) as r%s from read_json(%s, columns = {'%s': '%s'%s}, format = '%s', maximum_object_size = %d))"""
        .formatted(
            names,
            array,
            names,
            path,
            steps[0],
            steps.length == 1 ? "JSON[]" : "JSON",
            types,
            shape.format() == Format.JSON_ARRAY ? "array" : "unstructured",
            Math.max(SMALLEST, bytes + 1));
  }

  @Override
  public String column(RawColumn column) {
    if (column.isRest()) {
      return rest(column);
    }
    if (column.page()) {
      String[] steps = column.from().split("\\.", 2);
      return "json_extract_string(\"%s\", '%s')".formatted(steps[0], at(steps[1]));
    }
    String values =
        column.names().stream()
            .map(name -> "json_extract_string(r, '" + at(name) + "')")
            .collect(Collectors.joining(", "));
    return column.also().isEmpty() ? values : "coalesce(" + values + ")";
  }

  private String rest(RawColumn column) {
    ObjectNode dropped = JSON.createObjectNode();
    column.without().forEach(dropped::putNull);
    shape.columns().stream()
        .flatMap(c -> c.names().stream())
        .filter(name -> name.startsWith(column.from() + "."))
        .forEach(name -> dropped.putNull(name.substring(column.from().length() + 1)));
    return "cast(json_merge_patch(json_extract(r, '%s'), '%s') as varchar)"
        .formatted(at(column.from()), DuckDbSession.quoted(dropped.toString()));
  }

  /** {@code a.b[0]} as DuckDB writes it, names quoted. */
  private static String at(String fields) {
    return Stream.of(fields.split("\\."))
        .map(step -> step.replaceFirst("^[^\\[]+", "\"$0\""))
        .collect(Collectors.joining(".", "$.", ""));
  }
}
