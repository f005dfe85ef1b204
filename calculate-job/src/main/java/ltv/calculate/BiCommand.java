package ltv.calculate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import ltv.calculate.ReportCommand.Language;
import ltv.calculate.bi.BiFiles;
import ltv.calculate.bi.Place;
import ltv.calculate.export.InPlace;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bi}: what BI tools import. */
@Command(
    name = "bi",
    mixinStandardHelpOptions = true,
    description =
        "Write what BI tools import: a dashboard for Superset, words and meanings for Metabase, data sources for Tableau.")
final class BiCommand implements Callable<Integer> {
  @Mixin private SiteFlags flags;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "The folder to write to, one below it for each language. Default bi below the site's home.")
  private Path to;

  @Option(
      names = "--lang",
      split = ",",
      paramLabel = "ko|en",
      description = "Languages; default those of the site file (reports.languages).")
  private List<Language> languages = List.of();

  @Option(
      names = "--server",
      paramLabel = "HOST[:PORT]",
      description = "The server of the marts as the tools see it. Default the site file's.")
  private String server;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "The account that they read with; its password is never written. Default ltv_reader.")
  private String user = "ltv_reader";

  @Override
  public Integer call() {
    return SqlJobCommand.look("calculate", CalculateCommand.class, flags, this::write);
  }

  private void write(Opened opened, DuckDbSession session, RunReport run) {
    Place place = Place.of(opened.site().marts(), user, server);
    List<Dataset> marts =
        opened.datasets().present("calculate", opened.site(), flags.only()).stream()
            .filter(dataset -> dataset.schema().publish() != null)
            .toList();
    List<String> asked =
        languages.isEmpty()
            ? opened.site().reports().languages()
            : languages.stream().map(Language::toString).toList();
    Path folder = to == null ? opened.site().home().resolve("bi") : to;
    for (String language : asked) {
      Map<String, byte[]> files = BiFiles.of(opened.site(), marts, session, place, language);
      files.forEach((path, bytes) -> save(folder.resolve(language).resolve(path), bytes));
      run.fact("bi." + language, folder.resolve(language).toString());
      run.fact("files." + language, String.valueOf(files.size()));
    }
  }

  private static void save(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    InPlace.write(file, out -> out.write(bytes));
  }
}
