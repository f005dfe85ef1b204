package ltv.engine;

import java.time.LocalDate;
import java.util.List;
import ltv.lake.Column;

/**
 * One conversation with an engine, in UTC, with the common functions defined. A session holds its
 * own tables and parameters; closing it drops them.
 */
public interface Session extends AutoCloseable {
  /** Makes {@code name()} return a date in every query that follows, replacing an earlier value. */
  void define(String name, LocalDate value);

  /** Makes {@code name()} return a text in every query that follows. */
  void define(String name, String value);

  /**
   * Makes a small table from texts, each cast to its column's type.
   *
   * @param rows values in column order; null stays null
   */
  void table(String name, List<Column> columns, List<List<String>> rows);

  /**
   * Runs a query and keeps its result as table {@code name}, replacing an earlier one.
   *
   * @return the result's columns; a type outside the short list appears as the engine names it
   */
  List<ResultColumn> build(String name, String query);

  /**
   * The rows of a small result as Boolean, Long, Double, BigDecimal, String, LocalDate,
   * LocalDateTime or null; whole numbers of any width arrive as Long.
   */
  List<List<Object>> rows(String query);

  /** Ends the session; closing it twice is harmless. */
  @Override
  void close();
}
