package ltv.calculate.report;

/** What a column holds, which decides how its values are written. */
public enum Kind {
  /** A name or a word, as it is. */
  TEXT,
  /** A day. */
  DATE,
  /** A whole number. */
  COUNT,
  /** Money in the reporting currency. */
  MONEY,
  /** A fraction, shown as a percentage with one decimal. */
  PERCENT,
  /** A fraction, shown as a percentage without decimals. */
  WHOLE_PERCENT,
  /** A fraction that something changed by, shown as a percentage with its sign. */
  CHANGE,
  /** A factor with two decimals. */
  TIMES,
  /** A number of days. */
  DAYS
}
