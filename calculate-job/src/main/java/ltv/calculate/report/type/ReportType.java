package ltv.calculate.report.type;

import java.util.List;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.type.channel.ChannelReport;
import ltv.calculate.report.type.cohort.CohortReport;
import ltv.calculate.report.type.ltv.LtvReport;
import ltv.calculate.report.type.product.ProductReport;
import ltv.calculate.report.type.site.SiteReport;
import ltv.calculate.report.words.Text;

/** The kinds of weekly reports. */
public enum ReportType {
  /** Who comes again. */
  COHORT(CohortReport.MARTS, List.of(), 1, CohortReport::of),
  /** What channels cost and bring. */
  CHANNEL(ChannelReport.MARTS, List.of(), 12, ChannelReport::of),
  /** What was looked at, bought, and bought together. */
  PRODUCT(ProductReport.MARTS, ProductReport.OPTIONAL, ProductReport.WEEKS, ProductReport::of),
  /** What the site's week was, and by which steps people came to order. */
  SITE(SiteReport.MARTS, SiteReport.OPTIONAL, 1, SiteReport::of),
  /** What users are worth, and which campaign pays back. */
  LTV(LtvReport.MARTS, List.of(), 12, LtvReport::of);

  /** Makes what a report says. */
  @FunctionalInterface
  private interface Writer {
    Content of(Facts facts, Text text);
  }

  private final List<String> marts;
  private final List<String> optional;
  private final int weeksBefore;
  private final Writer writer;

  ReportType(List<String> marts, List<String> optional, int weeksBefore, Writer writer) {
    this.marts = marts;
    this.optional = optional;
    this.weeksBefore = weeksBefore;
    this.writer = writer;
  }

  /** Its name on the command line and in files. */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The marts that its queries read and that must be built. */
  public List<String> marts() {
    return marts;
  }

  /** Those that not every site has: the report says so where one is not built. */
  public List<String> optional() {
    return optional;
  }

  /** How many weeks before the as-of day its queries look back. */
  public int weeksBefore() {
    return weeksBefore;
  }

  /** What it says. */
  public Content content(Facts facts, Text text) {
    return writer.of(facts, text);
  }
}
