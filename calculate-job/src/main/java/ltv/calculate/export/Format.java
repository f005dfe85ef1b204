package ltv.calculate.export;

/** What a file is written as. */
public enum Format {
  xlsx,
  csv,
  parquet
}
