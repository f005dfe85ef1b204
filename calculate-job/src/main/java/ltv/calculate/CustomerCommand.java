package ltv.calculate;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.calculate.export.CsvExport;
import ltv.calculate.text.CustomerText;
import ltv.dataset.DatasetSchema;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code customer}: one customer in words, and lists of customers to act on. */
@Command(
    name = "customer",
    mixinStandardHelpOptions = true,
    description = "Show a customer, and write lists of customers to act on.")
final class CustomerCommand {
  private static final String CUSTOMERS = "mart_customer";
  private static final String SEGMENTS = "customer_segment";
  private static final String TAGS = "mart_customer_tag";
  private static final List<String> NAMES =
      List.of(
          "new_customer_followup",
          "new_customer_at_risk",
          "reactivation_needed",
          "growing_delayed",
          "loyal_delayed");

  /**
   * {@code customer show}: segment, visits, what is expected and what is to be done.
   *
   * @return the exit code
   */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show a customer's segment, visits, what is expected and what is to be done.")
  int show(
      @Mixin SiteFlags flags,
      @Option(
              names = "--customer-id",
              paramLabel = "ID",
              required = true,
              description = "As mart_customer has it.")
          String id,
      @Mixin AsOfDay day) {
    return SqlJobCommand.look(
        "calculate",
        CalculateCommand.class,
        flags,
        (opened, session, report) -> {
          LocalDate date = day.date();
          List.of(CUSTOMERS, SEGMENTS, TAGS).forEach(d -> opened.seeBuilt(session, d, date));
          String own = "customer_id = '%s'".formatted(DuckDbSession.quoted(id));
          List<Map<String, Object>> found = Rows.of(opened, session, CUSTOMERS, own, "customer_id");
          if (found.isEmpty()) {
            throw new JobException(
                ExitCode.USAGE,
                "No customer %s had bought by %s; mart_customer has those who had, by keyed hash where the source's id is personal."
                    .formatted(id, date));
          }
          String text =
              new CustomerText(
                      found.get(0),
                      Rows.of(opened, session, SEGMENTS, own, "customer_id").get(0),
                      Rows.of(opened, session, TAGS, own, "tagged_since, tag"))
                  .lines();
          if (flags.text()) {
            System.out.println(text);
          }
          report.fact("customer", text.replace("\n", " "));
        });
  }

  /**
   * {@code customer list}: who has a tag, as a file.
   *
   * @return the exit code
   */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Write a list of customers to act on as CSV: of one tag or of all, the most valuable of each first.")
  int list(
      @Mixin SiteFlags flags,
      @Mixin AsOfDay day,
      @Option(
              names = "--tag",
              paramLabel = "TAG",
              description =
                  "new_customer_followup, new_customer_at_risk, reactivation_needed, growing_delayed or loyal_delayed; default all.")
          String tag,
      @Mixin FileToWrite to) {
    return SqlJobCommand.look(
        "calculate",
        CalculateCommand.class,
        flags,
        (opened, session, report) -> {
          check(tag);
          Path file = to.path();
          opened.seeBuilt(session, TAGS, day.date());
          DatasetSchema schema = opened.datasets().get(TAGS).schema();
          long rows =
              CsvExport.write(
                  session,
                  TAGS,
                  schema.columns(),
                  tag == null ? "true" : "tag = '%s'".formatted(DuckDbSession.quoted(tag)),
                  List.of("tag", "paid desc", "customer_id"),
                  file);
          report.fact("file", file.toString());
          report.fact("customers", String.valueOf(rows));
        });
  }

  private static void check(String tag) {
    if (tag != null && !NAMES.contains(tag)) {
      throw new JobException(
          ExitCode.USAGE,
          "There is no tag %s; there are %s.".formatted(tag, String.join(", ", NAMES)));
    }
  }
}
