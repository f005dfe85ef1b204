package ltv.calculate.export;

/** Who opens a file. */
public enum Reader {
  /** A spreadsheet, which would run a text as a formula and read Korean wrongly. */
  PEOPLE,
  /** A program, which wants values as they are. */
  MACHINE
}
