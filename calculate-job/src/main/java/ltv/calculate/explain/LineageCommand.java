package ltv.calculate.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import ltv.calculate.trace.KnownTables;
import ltv.dataset.Opened;
import ltv.dataset.SqlJobCommand;
import ltv.engine.DuckDbSession;
import ltv.run.RunReport;
import ltv.run.SiteFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lineage}: which datasets are made of which, as a drawing. */
@Command(
    name = "lineage",
    mixinStandardHelpOptions = true,
    description = "Draw which datasets of the lake are made of which, by job.")
public final class LineageCommand implements Callable<Integer> {
  private static final String JOB = "calculate";

  @Mixin private SiteFlags flags;

  @Option(
      names = "--mart",
      paramLabel = "NAME",
      description = "Only what this mart, or any other dataset, is made of.")
  private String mart;

  @Option(
      names = "--format",
      paramLabel = "mermaid|dot",
      defaultValue = "mermaid",
      description = "How it is drawn (default ${DEFAULT-VALUE}).")
  private Lineage.Format format;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "The file to write; on stdout when none is given.")
  private Path to;

  private final Class<?> main;

  /**
   * A command.
   *
   * @param main the job's class, beside which its dataset folders are packed
   */
  public LineageCommand(Class<?> main) {
    this.main = main;
  }

  @Override
  public Integer call() {
    return SqlJobCommand.look(JOB, main, flags, this::draw);
  }

  private void draw(Opened opened, DuckDbSession session, RunReport report) {
    KnownTables tables = new KnownTables(opened.lake().tables(), session);
    Lineage lineage = Lineage.of(tables, Optional.ofNullable(mart).map(tables::asked));
    String drawn = lineage.drawn(format);
    if (to == null) {
      System.out.println(drawn);
    } else {
      try {
        Files.writeString(to, drawn + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      report.fact("file", to.toString());
    }
    report.fact("tables", "" + lineage.inputs().size());
    report.fact("edges", "" + lineage.edges());
  }
}
