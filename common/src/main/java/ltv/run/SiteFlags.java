package ltv.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of every command. Field order is the order of the help page. */
public class SiteFlags {
  /** How results are printed before the JSON line. */
  public enum Output {
    JSON,
    TEXT
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "The site file (YAML).")
  private Path config;

  @Option(
      names = "--dataset",
      split = ",",
      paramLabel = "NAME",
      description = "Only these datasets.")
  private List<String> only = List.of();

  @Option(
      names = "--datasets",
      paramLabel = "DIR",
      description = "Dataset folders of the site, added to the packed ones.")
  private Path datasets;

  @Option(
      names = "--output",
      paramLabel = "json|text",
      description = "What stdout shows before its last line, which is always one JSON object.")
  private Output output = Output.TEXT;

  /** The site file. */
  public Path config() {
    return config;
  }

  /** Names of the datasets to run; empty for all. */
  public List<String> only() {
    return List.copyOf(only);
  }

  /** The folder of the site's own datasets, empty when none is given. */
  public Optional<Path> datasets() {
    return Optional.ofNullable(datasets);
  }

  /** Whether a person reads stdout. */
  public boolean text() {
    return output == Output.TEXT;
  }

  /** What the command was about, for the report. */
  @Override
  public String toString() {
    return "all days";
  }
}
