package ltv.calculate.report;

import java.util.List;
import ltv.calculate.report.Report.Content;

/** The kinds of weekly reports. */
public enum ReportType {
  /** Who comes again. */
  COHORT(CohortReport.MARTS, CohortReport::of);

  /** Makes what a report says. */
  @FunctionalInterface
  private interface Writer {
    Content of(Facts facts, Text text);
  }

  private final List<String> marts;
  private final Writer writer;

  ReportType(List<String> marts, Writer writer) {
    this.marts = marts;
    this.writer = writer;
  }

  /** Its name on the command line and in files. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The marts that its queries read. */
  public List<String> marts() {
    return marts;
  }

  /** What it says. */
  public Content content(Facts facts, Text text) {
    return writer.of(facts, text);
  }
}
