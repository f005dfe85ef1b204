package ltv.calculate.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import ltv.calculate.publish.Version.Csv;
import ltv.calculate.publish.Version.Edition;
import ltv.calculate.report.Report;
import ltv.calculate.report.file.ReportFiles;
import ltv.calculate.report.words.Text;
import ltv.lake.Fingerprint;

/** A report in all of its languages, before it is published. */
public final class Draft {
  private static final int HASH_LENGTH = 12;

  private final SortedMap<String, byte[]> files = new TreeMap<>();

  /** Fingerprints of what the files say but for the runs that built the marts. */
  private final SortedMap<String, String> said = new TreeMap<>();

  private final List<Edition> languages = new ArrayList<>();
  private Report report;

  /** Adds the report in one language. */
  public Draft add(Report written, Text text) {
    report = written;
    files.putAll(ReportFiles.of(written, text));
    ReportFiles.of(written.ofAnyRun(), text)
        .forEach((file, bytes) -> said.put(file, Fingerprint.of(bytes)));
    String name = ReportFiles.name(written, text);
    languages.add(
        new Edition(
            text.language(),
            written.content().finding(),
            name + ".html",
            name + ".xlsx",
            ReportFiles.tables(written).stream()
                .map(table -> new Csv(name + "-" + table.id() + ".csv", table.caption()))
                .toList()));
    return this;
  }

  /** Its files by their names. */
  SortedMap<String, byte[]> files() {
    return files;
  }

  /** As a version that is published at an instant. */
  Version version(String publishedAt) {
    Fingerprint all = Fingerprint.start();
    said.forEach((name, fingerprint) -> all.add(name).add(fingerprint));
    return new Version(
        report.site(),
        report.week().toString(),
        report.type(),
        all.hex().substring(0, HASH_LENGTH),
        report.asOf().toString(),
        report.data().state(),
        publishedAt,
        languages);
  }
}
