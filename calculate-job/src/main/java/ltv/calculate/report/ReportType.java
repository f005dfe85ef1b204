package ltv.calculate.report;

import java.util.List;
import ltv.calculate.report.Report.Content;

/** The kinds of weekly reports. */
public enum ReportType {
  /** Who comes again. */
  COHORT(CohortReport.MARTS, CohortReport::of),
  /** What channels cost and bring. */
  CHANNEL(ChannelReport.MARTS, 12, ChannelReport::of),
  /** What users are worth, and which campaign pays back. */
  LTV(LtvReport.MARTS, 12, LtvReport::of);

  /** Makes what a report says. */
  @FunctionalInterface
  private interface Writer {
    Content of(Facts facts, Text text);
  }

  private final List<String> marts;
  private final int weeksBefore;
  private final Writer writer;

  ReportType(List<String> marts, Writer writer) {
    this(marts, 1, writer);
  }

  ReportType(List<String> marts, int weeksBefore, Writer writer) {
    this.marts = marts;
    this.weeksBefore = weeksBefore;
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

  /** How many weeks before the as-of day its queries look at. */
  public int weeksBefore() {
    return weeksBefore;
  }

  /** What it says. */
  public Content content(Facts facts, Text text) {
    return writer.of(facts, text);
  }
}
