package ltv.calculate;

import java.nio.file.Files;
import java.nio.file.Path;
import ltv.run.ExitCode;
import ltv.run.JobException;
import picocli.CommandLine.Option;

/** {@code --to}: the file that a command writes. */
final class FileToWrite {
  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "The file to write; one that is there is replaced.")
  private Path to;

  /**
   * The file, in a folder that is there.
   *
   * @throws JobException with exit 64 when it cannot be written
   */
  Path path() {
    if (Files.isDirectory(to)) {
      throw new JobException(ExitCode.USAGE, "--to %s is a folder: name a file.".formatted(to));
    }
    Path folder = to.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new JobException(
          ExitCode.USAGE, "There is no folder %s for --to: make it first.".formatted(folder));
    }
    return to;
  }
}
