package ltv.calculate.morning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ltv.config.DatabaseSettings;
import ltv.dataset.Mending;
import ltv.dataset.PartitionStatus;
import ltv.lake.Database;
import ltv.lake.LedgerEntry;
import ltv.run.Days;

/**
 * What readers of the marts see, beside what the tables have. A MariaDB schema says which version
 * of each day it holds. A DuckDB file is one version of everything: it is compared by its time,
 * since waking DuckDB would take longer than all else.
 */
final class Readers {
  private static final String TABLE = "mart_publication";

  private final String place;
  private final Optional<Instant> written;
  private final Map<String, String> contents;

  private Readers(String place, Optional<Instant> written, Map<String, String> contents) {
    this.place = place;
    this.written = written;
    this.contents = contents;
  }

  /**
   * Looks at what a site serves its marts from.
   *
   * @throws ltv.run.JobException with exit 75 when a server does not answer
   */
  static Readers of(DatabaseSettings marts, Days days) {
    return marts.isServer() ? ofServer(marts, days) : ofFile(marts.file());
  }

  private static Readers ofFile(Path file) {
    try {
      Optional<Instant> written =
          Files.isRegularFile(file)
              ? Optional.of(Files.getLastModifiedTime(file).toInstant())
              : Optional.empty();
      return new Readers(file.toString(), written, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Readers ofServer(DatabaseSettings marts, Days days) {
    try (Database database = Database.server(marts, Map.of())) {
      return new Readers(
          marts.toString(), Optional.empty(), contents(database, days.from(), days.to()));
    }
  }

  /** Content hashes by dataset and day; empty where nobody has published anything yet. */
  private static Map<String, String> contents(Database database, LocalDate from, LocalDate to) {
    return database.call(
        connection -> {
          Map<String, String> contents = new HashMap<>();
          try (ResultSet there =
              connection.getMetaData().getTables(connection.getCatalog(), null, TABLE, null)) {
            if (!there.next()) {
              return contents;
            }
          }
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "select dataset, part, content_hash from mart_publication where part between ? and ? or part = 'all'")) {
            statement.setString(1, from.toString());
            statement.setString(2, to.toString());
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                contents.put(rows.getString(1) + "/" + rows.getString(2), rows.getString(3));
              }
            }
          }
          return contents;
        });
  }

  /** Marts that are published in the lake and that readers do not have so. */
  List<PartitionStatus> behind(List<PartitionStatus> found) {
    return marts(found)
        .filter(s -> s.published().filter(e -> !has(s.name(), e)).isPresent())
        .toList();
  }

  private static Stream<PartitionStatus> marts(List<PartitionStatus> found) {
    return found.stream().filter(s -> s.dataset().schema().publish() != null);
  }

  private boolean has(String name, LedgerEntry entry) {
    return contents.isEmpty() && written.isPresent()
        ? !Instant.parse(entry.committedAt()).isAfter(written.get())
        : entry.content().equals(contents.get(name));
  }

  /** In words: whether readers have what is built, what they wait for, and where they look. */
  String words(List<PartitionStatus> found, List<PartitionStatus> behind, ZoneId zone) {
    String where =
        place
            + written
                .map(w -> " of " + w.atZone(zone).truncatedTo(ChronoUnit.MINUTES).toLocalDateTime())
                .orElse("");
    if (!behind.isEmpty()) {
      return "lack " + Mending.names(behind) + ", in " + where;
    }
    long all = marts(found).count();
    long built = marts(found).filter(PartitionStatus::isBuilt).count();
    return built == all
        ? "have what is built, in " + where
        : "wait for %d of %d marts, have the others, in %s".formatted(all - built, all, where);
  }
}
