package ltv.calculate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import ltv.calculate.report.Facts;
import ltv.calculate.report.Report;
import ltv.calculate.report.ReportFiles;
import ltv.calculate.report.ReportType;
import ltv.calculate.report.Sources;
import ltv.calculate.report.Text;
import ltv.calculate.report.Week;
import ltv.config.SiteConfig;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
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
      description = "cohort, channel, product, site or ltv; default all.")
  private List<ReportType> types = List.of(ReportType.values());

  @Option(
      names = "--week",
      paramLabel = "WEEK",
      required = true,
      converter = WeekByText.class,
      description = "The ISO week, such as 2026-W47.")
  private Week week;

  @Option(
      names = "--lang",
      split = ",",
      paramLabel = "ko|en",
      description = "Languages; default both.")
  private List<Language> languages = List.of(Language.values());

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder to write to; default reports below the site's home.")
  private Path to;

  /** What reports are written in. */
  enum Language {
    ko,
    en
  }

  @Override
  public Integer call() {
    return SqlJobCommand.look("calculate", CalculateCommand.class, flags, this::write);
  }

  private void write(Opened opened, DuckDbSession session, RunReport run) {
    SiteConfig site = opened.site();
    Path folder = (to == null ? site.home().resolve("reports") : to).resolve(week.toString());
    for (ReportType type : types) {
      Sources sources = new Sources(opened);
      LocalDate asOf =
          sources
              .newest(type.marts(), week)
              .orElseThrow(
                  () ->
                      new JobException(
                          ExitCode.NOT_READY,
                          "No day of week %s has all of %s: run calculate for one of its days."
                              .formatted(week, String.join(", ", type.marts()))));
      LocalDate from = asOf.minusWeeks(type.weeksBefore());
      type.marts().forEach(mart -> opened.seeBuilt(session, mart, from, asOf));
      List<String> built = new ArrayList<>(type.marts());
      Set<String> unknown = new TreeSet<>();
      for (String mart : type.optional()) {
        (opened.see(session, mart, from, asOf) ? built : unknown).add(mart);
      }
      for (Language language : languages) {
        Text text = new Text(language.name(), site.reportingCurrency(), site.timezone());
        Report report =
            new Report(
                type.code(),
                site.site(),
                week,
                asOf,
                type.content(new Facts(session, week, asOf, unknown), text),
                sources.status(built, week, asOf));
        save(folder, ReportFiles.of(report, text));
      }
      run.fact("report." + type.code(), asOf.toString());
    }
    run.fact("reports", folder.toString());
  }

  private static void save(Path folder, Map<String, byte[]> files) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
