package ltv.engine;

import java.time.LocalDate;
import java.util.List;
import ltv.lake.Column;
import ltv.lake.LakeTable;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.WrittenRows;

/**
 * One conversation with an engine, in UTC, with the common functions defined. A session holds its
 * own tables and parameters; closing it drops them.
 */
public interface Session extends AutoCloseable {
  /** How the rows of a table reach the queries. */
  enum Reading {
    /** Each query reads the files: right for one query. */
    VIEW,
    /** The files may be read once into the session: right for many queries over the same rows. */
    COPY
  }

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

  /** Makes {@code name} stand for a query, replacing what it stood for. */
  void view(String name, String query);

  /**
   * Lets queries see a pinned table of the lake as {@code name}.
   *
   * @param columns the columns that they may see; one that the snapshot lacks reads as null
   * @param from first day that they need, null for no bound; other days may be seen too
   * @param to last day, null for no bound
   */
  void read(
      String name,
      LakeTable table,
      Pin pin,
      List<Column> columns,
      LocalDate from,
      LocalDate to,
      Reading reading);

  /** Runs a query and keeps its rows as table {@code name} for the queries that follow. */
  void keep(String name, String query);

  /**
   * Runs a query and keeps its result as table {@code name}, replacing an earlier one.
   *
   * @return the result's columns; a type outside the short list appears as the engine names it
   */
  List<ResultColumn> build(String name, String query);

  /**
   * Builds what a query makes of every id by itself: an engine whose joins and windows must fit
   * into memory runs the query for some ids after others, which it tells by {@code in_part(id)}.
   *
   * @param many the table whose number of rows says how many parts
   * @param atOnce about how many of its rows a part has
   */
  List<ResultColumn> buildInParts(String name, String query, String many, long atOnce);

  /**
   * The rows of a small result as Boolean, Long, Double, BigDecimal, String, LocalDate,
   * LocalDateTime or null; whole numbers of any width arrive as Long.
   */
  List<List<Object>> rows(String query);

  /** The numbers of a result that may be long, column by column; no value may be null. */
  double[][] numbers(String query);

  /** The hash of a built table's rows, the same on every engine. */
  ContentHash content(String name, List<Column> columns);

  /**
   * Writes a built table where the commit finds it; no reader sees it yet.
   *
   * @param sortedBy columns, or expressions of DuckDB, that an engine with one writer sorts by
   */
  WrittenRows write(String name, LakeTable table, Partition partition, List<String> sortedBy);

  /** Ends the session; closing it twice is harmless. */
  @Override
  void close();
}
