package ltv.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import ltv.config.Sites;
import ltv.dataset.Dataset;
import ltv.dataset.Repository;
import ltv.lake.Lake;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;

/** A site whose only source is a drop folder, driven by the job's command line in this process. */
final class FileSite {
  static final LocalDate DAY = LocalDate.of(2026, 11, 19);

  /** One file per day, and one file of many days, with the columns that the tests write. */
  private static final String COLUMNS =
      "columns: [{name: customer_id, from: customer}, {name: order_date, from: day}, {name: amount},"
          + " {name: currency, value: KRW}]";

  static final String DAILY = "files: \"o-{date}.csv\", format: csv, " + COLUMNS;
  static final String MANY_DAYS = "files: \"*.csv\", format: csv, " + COLUMNS;
  static final String TODAY = "o-2026-11-19.csv";

  private static final Dataset ORDERS = Repository.datasets().get("src_file__orders");

  private final Path folder;

  /** How a run ended; the report is the last line of what it printed. */
  record Ended(int exit, String out, JsonNode report) {
    String problems() {
      return report.path("problems").toString();
    }

    long count(String state) {
      return report.path("datasets").path("src_file__orders").path(state).asLong();
    }
  }

  /** A site whose stream is declared so, for example {@code files: "*.csv", format: csv}. */
  FileSite(Path folder, String stream) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("drop"));
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        site: files
        home: %s
        channels:
          file:
            drop_folder: %s
            streams:
              orders: {%s}
        """
            .formatted(folder.resolve("home"), folder.resolve("drop"), stream));
  }

  FileSite drop(String name, String text) throws IOException {
    Files.writeString(folder.resolve("drop").resolve(name), text);
    return this;
  }

  /** The text as gzip, without its last {@code missing} bytes. */
  FileSite dropGzip(String name, String text, int missing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] all = bytes.toByteArray();
    Files.write(
        folder.resolve("drop").resolve(name), java.util.Arrays.copyOf(all, all.length - missing));
    return this;
  }

  void remove(String name) throws IOException {
    Files.delete(folder.resolve("drop").resolve(name));
  }

  Path home() {
    return folder.resolve("home");
  }

  /** Runs the job for the day with more arguments. */
  Ended run(String... more) throws IOException {
    return execute("run --from " + DAY + " --to " + DAY, more);
  }

  /** Runs any command, words separated by blanks. */
  Ended execute(String command, String... more) throws IOException {
    List<String> args = new java.util.ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of("--config", folder.resolve("site.yaml").toString()));
    args.addAll(List.of(more));
    ltv.ingest.Ended ended = ltv.ingest.Ended.run(args.toArray(String[]::new));
    String text = ended.out().strip();
    return new Ended(
        ended.exit(),
        text,
        new ObjectMapper().readTree(text.substring(text.lastIndexOf('\n') + 1)));
  }

  /** Committed lines of all days: {@code file:line customer amount bad_field=bad_value}. */
  List<String> rows() {
    return StoredRows.of(
            home(),
            "src_file__orders",
            "select source_file || ':' || source_line, customer_id, amount, bad_field || '=' || bad_value from t order by report_date, 1")
        .stream()
        .map(r -> r.stream().map(v -> v == null ? "-" : v + "").collect(Collectors.joining(" ")))
        .toList();
  }

  LedgerEntry entry(LocalDate day) {
    try (Lake lake = lake()) {
      return lake.existing(ORDERS.table()).orElseThrow().pin().published().get(Partition.of(day));
    }
  }

  long snapshots() {
    try (Lake lake = lake()) {
      return lake.existing(ORDERS.table()).orElseThrow().snapshots();
    }
  }

  private Lake lake() {
    return Lake.open(Sites.below(home()));
  }
}
