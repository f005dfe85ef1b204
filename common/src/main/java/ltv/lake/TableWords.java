package ltv.lake;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** What a table says of itself: one of its properties, which no data depends on. */
final class TableWords {
  private static final String PROPERTY = "ltv.dataset";
  private static final Logger log = LoggerFactory.getLogger(TableWords.class);

  private TableWords() {}

  static Optional<String> of(Table table) {
    return Optional.ofNullable(table.properties().get(PROPERTY));
  }

  /** Properties of a new table, with what it says of itself. */
  static Map<String, String> beside(Map<String, String> properties, TableSpec spec) {
    Map<String, String> all = new HashMap<>(properties);
    String words = spec.words().get();
    if (!words.isEmpty()) {
      all.put(PROPERTY, words);
    }
    return all;
  }

  /**
   * Lets a table say what its specification says. It is a commit without a snapshot: readers and
   * writers of the data do not notice. Whatever becomes of it, the next run tries again.
   */
  static Table told(Table table, TableSpec spec) {
    String words = spec.words().get();
    if (words.isEmpty() || of(table).filter(words::equals).isPresent()) {
      return table;
    }
    try {
      table.updateProperties().set(PROPERTY, words).commit();
    } catch (CommitFailedException
        | CommitStateUnknownException
        | UncheckedSQLException
        | UncheckedIOException
        | SdkException e) {
      log.warn("{}: it does not say yet what it holds: {}", spec.name(), e.toString());
      table.refresh();
    }
    return table;
  }
}
