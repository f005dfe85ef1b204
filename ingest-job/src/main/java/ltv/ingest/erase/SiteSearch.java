package ltv.ingest.erase;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import ltv.config.SiteConfig;
import ltv.engine.DuckDbSession;
import ltv.lake.Database;
import ltv.lake.Storage;
import ltv.lake.Storage.StoredFile;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Looks for people in everything that a site stores: every file of landing and warehouse, whether a
 * table knows it or not, with what is packed unpacked, and every table of the state database and of
 * the marts. Logs, reports and the sources themselves are not looked at.
 */
public final class SiteSearch {
  private static final int PART = 1 << 20;
  private static final int OVERLAP = 1 << 10;

  /** Columns of this name hold a shop's customers; of ad channels, their accounts. */
  private static final String CUSTOMER = "customer_id";

  private static final String AD_ACCOUNTS = ".*/src_(?!crm__|file__).*";

  private final SiteConfig site;
  private final DuckDbSession session;
  private final Subjects whom;
  private final SortedSet<String> places = new TreeSet<>();

  /** A search with an engine that reads Parquet and the marts' file. */
  public SiteSearch(SiteConfig site, DuckDbSession session, Subjects whom) {
    this.site = site;
    this.session = session;
    this.whom = whom;
  }

  /**
   * Looks everywhere.
   *
   * @param state the open state database
   * @return where somebody is found: a file, or a table of a database
   */
  public SortedSet<String> run(Database state) {
    try (Storage landing = Storage.landing(site);
        Storage warehouse = Storage.warehouse(site)) {
      files(landing);
      files(warehouse);
      if (!site.state().isServer()) {
        text(Files.newInputStream(site.state().file()), site.state().toString());
      }
      state.call(connection -> tables(connection, site.state() + ""));
      if (site.marts().isServer()) {
        try (Database marts = Database.server(site.marts(), Map.of())) {
          marts.call(connection -> tables(connection, site.marts() + ""));
        }
      } else if (Files.exists(site.marts().file())) {
        marts(site.marts().file());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return places;
  }

  private void files(Storage storage) throws IOException {
    Map<String, List<String>> parquet = new TreeMap<>();
    for (StoredFile file : storage.list(storage.root())) {
      String location = file.location();
      Path local = storage.local(location);
      if (location.endsWith(".parquet")) {
        String folder = location.replaceFirst("/data/.*|/[^/]*$", "");
        parquet.computeIfAbsent(folder, f -> new ArrayList<>()).add(local.toString());
      } else if (location.endsWith(".avro")) {
        avro(local, location);
      }
      text(Files.newInputStream(local), location);
    }
    parquet.forEach(this::parquet);
  }

  /** Statistics are in clear, values are not. */
  private void parquet(String folder, List<String> files) {
    String names =
        files.stream()
            .map(f -> "'" + DuckDbSession.quoted(f) + "'")
            .collect(Collectors.joining(", "));
    look(
        "read_parquet([" + names + "], union_by_name = true, filename = true)", "filename", folder);
  }

  private void marts(Path file) {
    session.execute("attach '" + DuckDbSession.quoted(file + "") + "' as searched (read_only)");
    try {
      session
          .rows(
              "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'searched'")
          .forEach(
              t ->
                  look(
                      "searched." + t.get(0),
                      "'" + DuckDbSession.quoted(file + " " + t.get(0)) + "'",
                      file + ""));
    } finally {
      session.execute("detach searched");
    }
  }

  /** Looks at every text of a table; its rows say where they are. */
  private void look(String table, String place, String folder) {
    List<String> columns =
        session
            .rows(
                "select column_name from (describe select * from "
                    + table
                    + ") where column_type = 'VARCHAR'")
            .stream()
            .map(row -> (String) row.get(0))
            .filter(name -> !name.equals("filename"))
            .toList();
    if (columns.isEmpty()) {
      return;
    }
    String texts = columns.stream().map(c -> '"' + c + '"').collect(Collectors.joining(", "));
    boolean shop = columns.contains(CUSTOMER) && !folder.matches(AD_ACCOUNTS);
    String customer = shop ? whom.customers(CUSTOMER) : "false";
    session
        .rows(
            "select %s, t, c from (select *, concat_ws(chr(31), %s) as t, coalesce(%s, false) as c from %s) where c or %s"
                .formatted(place, texts, customer, table, whom.condition("t")))
        .forEach(
            row ->
                note((Boolean) row.get(2) || whom.named((String) row.get(1)), (String) row.get(0)));
  }

  private void note(boolean found, String place) {
    if (found) {
      places.add(place);
    }
  }

  private void avro(Path file, String place) throws IOException {
    try (DataFileStream<GenericRecord> records =
        new DataFileStream<>(Files.newInputStream(file), new GenericDatumReader<>())) {
      for (GenericRecord found : records) {
        note(whom.named(found.toString()), place);
      }
    }
  }

  /** Reads in parts that overlap by more than an id is long. */
  private void text(InputStream file, String place) throws IOException {
    try (Reader in = new InputStreamReader(unpacked(file), StandardCharsets.UTF_8)) {
      char[] part = new char[PART];
      int kept = 0;
      for (int n = in.read(part, 0, PART); n >= 0; n = in.read(part, kept, PART - kept)) {
        int filled = kept + n;
        note(whom.named(new String(part, 0, filled)), place);
        kept = Math.min(OVERLAP, filled);
        System.arraycopy(part, filled - kept, part, 0, kept);
      }
    }
  }

  private static InputStream unpacked(InputStream file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(file);
    in.mark(2);
    boolean packed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return packed ? new GZIPInputStream(in) : in;
  }

  private Void tables(Connection connection, String database) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), null, "%", new String[] {"TABLE"})) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    for (String table : tables) {
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(1000);
        try (ResultSet rows = statement.executeQuery("select * from " + table)) {
          while (rows.next()) {
            note(isNamed(rows), database + " " + table);
          }
        }
      }
    }
    return null;
  }

  private boolean isNamed(ResultSet row) throws SQLException {
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      String text = row.getString(i);
      boolean customer = row.getMetaData().getColumnName(i).equals(CUSTOMER);
      if (text != null && (whom.named(text) || customer && whom.customer(text))) {
        return true;
      }
    }
    return false;
  }
}
