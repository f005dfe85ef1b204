package ltv.calculate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import ltv.calculate.ReportCommand.Language;
import ltv.calculate.explore.Explorer;
import ltv.calculate.export.InPlace;
import ltv.calculate.report.DataStatus.Mart;
import ltv.calculate.report.Week;
import ltv.calculate.report.evidence.Sources;
import ltv.calculate.report.words.Text;
import ltv.config.SiteConfig;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explore}: a page in which readers choose and the browser computes. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description =
        "Write the explorer: a page without network in which a reader chooses campaigns, weeks and ages.")
final class ExploreCommand implements Callable<Integer> {
  @Mixin private SiteFlags flags;
  @Mixin private AsOfDay day;

  @Option(
      names = "--lang",
      split = ",",
      paramLabel = "ko|en",
      description = "Languages; default those of the site file (reports.languages).")
  private List<Language> languages = List.of();

  @Option(
      names = "--to",
      paramLabel = "FILE|DIR",
      description =
          "A file that ends in .html, for one language; or a folder, in which files are explore-ko.html and explore-en.html. Default reports below the site's home.")
  private Path to;

  @Override
  public Integer call() {
    return SqlJobCommand.look("calculate", CalculateCommand.class, flags, this::write);
  }

  private boolean isFile() {
    return to != null && to.toString().endsWith(".html");
  }

  private void write(Opened opened, DuckDbSession session, RunReport run) {
    List<Language> asked =
        languages.isEmpty()
            ? opened.site().reports().languages().stream().map(Language::valueOf).toList()
            : languages;
    if (isFile() && asked.size() > 1) {
      throw new JobException(
          ExitCode.USAGE, "--to names one file: give --lang ko or --lang en with it, or a folder.");
    }
    SiteConfig site = opened.site();
    LocalDate asOf = day.date();
    Explorer.MARTS.forEach(mart -> opened.seeBuilt(session, mart, asOf));
    List<Mart> versions = new Sources(opened).status(Explorer.MARTS, Week.with(asOf), asOf).marts();
    Path folder = to == null ? site.home().resolve("reports") : to;
    for (Language language : asked) {
      Text text = new Text(language.name(), site.reportingCurrency(), site.timezone());
      String page = Explorer.page(session, site.site(), asOf, versions, text);
      Path file = isFile() ? to : folder.resolve("explore-" + language + ".html");
      save(file.toAbsolutePath(), page);
      run.fact("explore." + language, file.toString());
    }
  }

  private static void save(Path file, String page) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InPlace.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }
}
