package ltv.calculate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import ltv.calculate.publish.Draft;
import ltv.calculate.publish.IndexPages;
import ltv.calculate.publish.Notice;
import ltv.calculate.publish.Notifier;
import ltv.calculate.publish.Shelf;
import ltv.calculate.publish.Version;
import ltv.calculate.report.DataStatus;
import ltv.calculate.report.Report;
import ltv.calculate.report.Week;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Sources;
import ltv.calculate.report.type.ReportType;
import ltv.calculate.report.words.Text;
import ltv.config.SiteConfig;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.lake.Storage;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import ltv.watch.Watched;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code report}: what marts say of a week, as pages, workbooks and CSV. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Write weekly reports: a page that needs no network, a workbook and CSV files of the same numbers.")
final class ReportCommand implements Callable<Integer> {
  @Mixin private SiteFlags flags;

  @Option(
      names = "--type",
      split = ",",
      paramLabel = "TYPE",
      converter = TypeByCode.class,
      description =
          "cohort, channel, product, site or ltv; default those of the site file (reports.types).")
  private List<ReportType> types = List.of();

  @Option(
      names = "--week",
      paramLabel = "WEEK",
      required = true,
      converter = WeekByText.class,
      description = "The ISO week, such as 2026-W47.")
  private Week week;

  @Option(
      names = "--whole-week",
      description =
          "Not before the last day of the week is built: until then it is not ready (66).")
  private boolean wholeWeek;

  @Option(
      names = "--lang",
      split = ",",
      paramLabel = "ko|en",
      description =
          "Languages of what --to writes; default those of the site file (reports.languages).")
  private List<Language> languages = List.of();

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      description =
          "Folder or s3://bucket/prefix to publish to instead of the site's; nobody is told of it.")
  private String to;

  @Option(
      names = "--resend",
      description = "Tell readers again who were told of the same version before.")
  private boolean resend;

  /** What reports are written in. */
  enum Language {
    ko,
    en
  }

  @Override
  public Integer call() {
    return SqlJobCommand.look(
        "calculate",
        CalculateCommand.class,
        flags,
        to == null ? Watched.command("report", flags, null, List.of()) : Watched.nothing(),
        this::write);
  }

  private void write(Opened opened, DuckDbSession session, RunReport run) {
    SiteConfig site = opened.site();
    check();
    String where = to == null ? site.reports().publish() : to;
    List<Notice> notices = new ArrayList<>();
    try (Storage place = Storage.at(where, site.s3(), site.scratch())) {
      Shelf shelf = new Shelf(place, site.site());
      Sources sources = new Sources(opened);
      RuntimeException surprise = null;
      for (ReportType type : types(site)) {
        try {
          Written written = draft(type, opened, session, sources);
          Version version = shelf.publish(written.draft, opened.run().startedAt());
          run.fact("report." + type.code(), version.asOf() + " " + version.hash());
          notices.add(
              new Notice(version, written.first, texts(site).get(0), site.reports().baseUrl()));
        } catch (JobException e) {
          run.failed(e); // the other types may be ready
        } catch (RuntimeException e) {
          surprise = e; // what is published of the others is listed and told of first
        }
      }
      List<String> all = new ArrayList<>(site.reports().languages());
      all.addAll(asked());
      new IndexPages(shelf).write(texts(site, all));
      run.fact("reports", place.location(site.site()));
      if (to == null) {
        tell(shelf, opened, notices, run);
      }
      if (surprise != null) {
        throw surprise;
      }
    }
  }

  private void check() {
    if (to == null && !languages.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE,
          "--lang goes with --to: what is published for readers is in the languages of the site file (reports.languages), or each choice would be a version of its own.");
    }
    if (to != null && to.contains("://") && !to.matches("s3://[^/]+(/.*)?")) {
      throw new JobException(
          ExitCode.USAGE, "--to %s must be a folder or s3://bucket/prefix.".formatted(to));
    }
  }

  /** A report in all languages, and its words in the first. */
  private record Written(Draft draft, Report first) {}

  private List<ReportType> types(SiteConfig site) {
    return types.isEmpty()
        ? Stream.of(ReportType.values())
            .filter(type -> site.reports().types().contains(type.code()))
            .toList()
        : types;
  }

  private Written draft(ReportType type, Opened opened, DuckDbSession session, Sources sources) {
    LocalDate asOf =
        sources
            .newest(type.marts(), week)
            .orElseThrow(
                () ->
                    new JobException(
                        ExitCode.NOT_READY,
                        "No day of week %s has all of %s: run calculate for one of its days."
                            .formatted(week, String.join(", ", type.marts()))));
    if (wholeWeek && asOf.isBefore(week.sunday())) {
      throw new JobException(
          ExitCode.NOT_READY,
          "Of week %s the days until %s are built for the %s report, and it is to be whole: run calculate for %s."
              .formatted(week, asOf, type.code(), week.sunday()));
    }
    LocalDate from = asOf.minusWeeks(type.weeksBefore());
    type.marts().forEach(mart -> opened.seeBuilt(session, mart, from, asOf));
    List<String> built = new ArrayList<>(type.marts());
    Set<String> unknown = new TreeSet<>();
    for (String mart : type.optional()) {
      (opened.see(session, mart, from, asOf) ? built : unknown).add(mart);
    }
    DataStatus status = sources.status(built, week, asOf);
    Draft draft = new Draft();
    List<Report> reports = new ArrayList<>();
    for (Text text : texts(opened.site())) {
      Report report =
          new Report(
              type.code(),
              opened.site().site(),
              week,
              asOf,
              type.content(new Facts(session, week, asOf, unknown), text),
              status);
      draft.add(report, text);
      reports.add(report);
    }
    return new Written(draft, reports.get(0));
  }

  private List<Text> texts(SiteConfig site) {
    return languages.isEmpty() ? texts(site, site.reports().languages()) : texts(site, asked());
  }

  private List<String> asked() {
    return languages.stream().map(Language::name).toList();
  }

  private static List<Text> texts(SiteConfig site, List<String> languages) {
    return languages.stream()
        .distinct()
        .map(language -> new Text(language, site.reportingCurrency(), site.timezone()))
        .toList();
  }

  private void tell(Shelf shelf, Opened opened, List<Notice> notices, RunReport run) {
    Notifier notifier =
        new Notifier(
            shelf,
            opened.site().reports(),
            opened.run().startedAt(),
            resend ? Notifier.Mode.AGAIN : Notifier.Mode.ONCE);
    for (Notice notice : notices) {
      notifier
          .tell(notice)
          .forEach((way, how) -> run.fact("report." + notice.version().type() + "." + way, how));
    }
    notifier.measure(run);
  }

  /** Reads a week, and says how one is written. */
  private static final class WeekByText implements ITypeConverter<Week> {
    @Override
    public Week convert(String text) {
      try {
        return Week.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads a type by its code. */
  private static final class TypeByCode implements ITypeConverter<ReportType> {
    @Override
    public ReportType convert(String text) {
      return Stream.of(ReportType.values())
          .filter(type -> type.code().equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no report %s; there are %s"
                          .formatted(
                              text,
                              String.join(
                                  ", ",
                                  Stream.of(ReportType.values()).map(ReportType::code).toList()))));
    }
  }
}
