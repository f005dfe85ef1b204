package ltv.ingest.channel.crm;

import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import ltv.config.DatabaseSettings;
import ltv.config.Problems;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.SiteShapes;

/**
 * The channel {@code crm} of a site: a MariaDB schema that is only read.
 *
 * @param database with an account that may select
 * @param timezone of its dates and times; default Asia/Seoul
 * @param streams where each list is; default customer, reservation and service in the tables
 *     customers, reservations and services
 */
public record CrmConfig(DatabaseSettings database, ZoneId timezone, Map<String, Table> streams)
    implements SiteShapes {
  /** Streams with the column that identifies a row. */
  static final Map<String, String> KEYS =
      Map.of("customer", "customer_id", "reservation", "reservation_id", "service", "service_id");

  /** The column that says when a row was changed last. */
  static final String UPDATED_AT = "updated_at";

  private static final String NAME = "[\\p{L}0-9_$]+";

  /**
   * A table.
   *
   * @param table its name
   * @param headers what it calls a column, by the column's name; the usual names need none
   */
  public record Table(String table, Map<String, String> headers) {
    public Table {
      headers = headers == null ? Map.of() : new TreeMap<>(headers);
      new Problems()
          .check(table == null || table.matches(NAME), "table", "must be a table's name")
          .check(
              headers.values().stream().allMatch(column -> column.matches(NAME)),
              "headers",
              "must be columns' names")
          .throwIfAny();
    }

    /** The table's own name of a column. */
    String column(String name) {
      return headers.getOrDefault(name, name);
    }
  }

  public CrmConfig {
    timezone = timezone == null ? ZoneId.of("Asia/Seoul") : timezone;
    Map<String, Table> tables = new TreeMap<>();
    if (streams == null) {
      KEYS.keySet().forEach(stream -> tables.put(stream, new Table(null, null)));
    } else {
      tables.putAll(streams);
    }
    new Problems()
        .require("database", database)
        .check(
            database == null || database.isServer(),
            "database",
            "must be a MariaDB server: {url, user, password}")
        .check(
            KEYS.keySet().containsAll(tables.keySet()),
            "streams",
            "must be some of " + String.join(", ", new TreeSet<>(KEYS.keySet())))
        .throwIfAny();
    tables.replaceAll(
        (stream, t) -> new Table(t.table == null ? stream + "s" : t.table, t.headers));
    streams = tables;
  }

  @Override
  public Map<String, RawShape> shapes(
      Function<String, RawShape> packed, BiConsumer<String, String> problem) {
    Map<String, RawShape> shapes = new TreeMap<>();
    streams.forEach(
        (stream, table) -> {
          String dataset = "src_" + CrmConnector.CHANNEL + "__" + stream;
          shapes.put(
              dataset,
              SiteShapes.headed(
                  dataset,
                  packed.apply(dataset),
                  table.headers,
                  complaint -> problem.accept("streams." + stream + ".headers", complaint)));
        });
    return shapes;
  }
}
