package ltv.calculate.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ltv.lake.Column;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * The table of a mart in MariaDB. It is made from {@code schema.yml}, and follows it: new columns,
 * indexes and words come by themselves, before the publishing transaction; a changed type is
 * refused, as it is in the lake.
 */
final class MartTable {
  private static final int LONGEST_COMMENT = 1024;
  private static final int LONGEST_TABLE_COMMENT = 2048;

  private static final String EXISTS = "42S01";
  private static final int DENIED = 1142;

  private final CurrentMart mart;
  private final Set<String> indexed = new HashSet<>();

  MartTable(CurrentMart mart) {
    this.mart = mart;
    indexed.addAll(mart.dataset().schema().key());
    indexes().forEach(indexed::addAll);
  }

  /** Column lists of the indexes: the slice that a run replaces, and what the schema asks for. */
  private List<List<String>> indexes() {
    List<List<String>> indexes = new ArrayList<>();
    JsonNode publish = mart.dataset().schema().publish();
    indexes.add(texts(publish.path("slice")));
    publish.path("indexes").forEach(columns -> indexes.add(texts(columns)));
    return indexes;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Brings the table to the schema. Every statement here commits by itself. */
  void migrate(Connection connection) throws SQLException {
    Map<String, String> there = columns(connection, mart.name());
    try (Statement statement = connection.createStatement()) {
      if (there.isEmpty()) {
        statement.execute(create());
        return;
      }
      for (Column column : mart.columns()) {
        String declared = declared(column);
        String found = there.get(column.name());
        if (found == null) {
          statement.execute("alter table %s add column %s".formatted(mart.name(), declared));
        } else if (!found.startsWith(type(column) + " ")) {
          throw new JobException(
              ExitCode.CONFIGURATION,
              "%s.%s is %s in MariaDB and %s in schema.yml; a changed type is a new mart (name it with _v2)"
                  .formatted(
                      mart.name(), column.name(), found.replaceFirst(" .*", ""), type(column)));
        } else if (!found.equals(type(column) + " " + comment(column))) {
          statement.execute("alter table %s modify column %s".formatted(mart.name(), declared));
        }
      }
      for (String index : missingIndexes(connection)) {
        statement.execute("alter table %s add %s".formatted(mart.name(), index));
      }
    }
  }

  /**
   * Makes its views where they are missing and replaces what was made of another text; each
   * statement commits by itself. Nobody's view is replaced that was not made here.
   */
  void views(Connection connection) throws SQLException {
    for (Map.Entry<String, String> view : mart.dataset().views().entrySet()) {
      String name = view.getKey();
      Optional<String> remembered = definition(connection, name);
      boolean there = !columns(connection, name).isEmpty();
      if (there && remembered.isEmpty()) {
        throw refused(name, "was made by nobody here");
      }
      if (!there) {
        remember(connection, view); // first: a view that nobody remembers is refused
        make(connection, view);
      } else if (!remembered.get().equals(view.getValue())) {
        replace(connection, view);
        remember(connection, view); // last: until then it is replaced again
      }
    }
  }

  private static JobException refused(String view, String why) {
    return new JobException(
        ExitCode.CONFIGURATION,
        "The view %1$s %2$s; let an administrator run: drop view if exists %1$s; delete from mart_view where view_name = '%1$s'"
            .formatted(view, why));
  }

  private static void make(Connection connection, Map.Entry<String, String> view)
      throws SQLException {
    try {
      execute(connection, "create", view);
    } catch (SQLException e) {
      if (!EXISTS.equals(e.getSQLState())) { // else another publisher has just made it
        throw e;
      }
    }
  }

  /** It takes the right to drop, which docker/accounts.sql gives for each of our views alone. */
  private static void replace(Connection connection, Map.Entry<String, String> view)
      throws SQLException {
    try {
      execute(connection, "create or replace", view);
    } catch (SQLException e) {
      if (e.getErrorCode() != DENIED) {
        throw e;
      }
      throw refused(
          view.getKey(),
          "is of another version, and this account may not replace it (docker/accounts.sql gives the right)");
    }
  }

  /** Columns keep the type that queries give them: MariaDB casts to 64 bits by another word. */
  private static void execute(Connection connection, String verb, Map.Entry<String, String> view)
      throws SQLException {
    String query = view.getValue().replace(" as bigint)", " as integer)");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "%s sql security invoker view %s as %s".formatted(verb, view.getKey(), query));
    }
  }

  private static Optional<String> definition(Connection connection, String view)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select definition from mart_view where view_name = ?")) {
      statement.setString(1, view);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static void remember(Connection connection, Map.Entry<String, String> view)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("replace into mart_view values (?, ?)")) {
      statement.setString(1, view.getKey());
      statement.setString(2, view.getValue());
      statement.executeUpdate();
    }
  }

  private String create() {
    List<String> parts = new ArrayList<>();
    mart.columns().forEach(c -> parts.add(declared(c)));
    indexes().forEach(columns -> parts.add(index(columns)));
    return "create table %s (%s) engine InnoDB character set utf8mb4 collate utf8mb4_nopad_bin comment '%s'"
        .formatted(
            mart.name(),
            String.join(", ", parts),
            text(CurrentMart.words(mart.dataset().schema().description()), LONGEST_TABLE_COMMENT));
  }

  private String declared(Column column) {
    return "%s %s null comment '%s'"
        .formatted(column.name(), type(column), text(comment(column), LONGEST_COMMENT));
  }

  private static String comment(Column column) {
    String words = CurrentMart.words(column.description());
    return words.substring(0, Math.min(words.length(), LONGEST_COMMENT));
  }

  private static String text(String words, int longest) {
    return words
        .substring(0, Math.min(words.length(), longest))
        .replace("\\", "\\\\")
        .replace("'", "''");
  }

  private String type(Column column) {
    return switch (column.type().kind()) {
      case BOOLEAN -> "tinyint(1)";
      case INT -> "int(11)";
      case LONG -> "bigint(20)";
      case DOUBLE -> "double";
      case DECIMAL -> column.type().toString();
      case STRING -> indexed.contains(column.name()) ? "varchar(255)" : "text";
      case DATE -> "date";
      case TIMESTAMP -> "datetime(6)";
    };
  }

  private static String index(List<String> columns) {
    return "index %s (%s)".formatted(indexName(columns), String.join(", ", columns));
  }

  private static String indexName(List<String> columns) {
    return columns.stream().collect(Collectors.joining("__", "ix_", ""));
  }

  private List<String> missingIndexes(Connection connection) throws SQLException {
    Set<String> there = new TreeSet<>();
    String sql =
        "select distinct index_name from information_schema.statistics where table_schema = database() and table_name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, mart.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          there.add(rows.getString(1));
        }
      }
    }
    return indexes().stream()
        .filter(columns -> !there.contains(indexName(columns)))
        .map(MartTable::index)
        .toList();
  }

  /** Type and comment of each column that is there. */
  private static Map<String, String> columns(Connection connection, String table)
      throws SQLException {
    String sql =
        "select column_name, column_type, column_comment from information_schema.columns where table_schema = database() and table_name = ?";
    Map<String, String> columns = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.put(rows.getString(1), rows.getString(2) + " " + rows.getString(3));
        }
      }
    }
    return columns;
  }
}
