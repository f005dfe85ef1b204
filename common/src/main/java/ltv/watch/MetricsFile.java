package ltv.watch;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.run.Metric;
import ltv.run.RunReport.Measure;

/**
 * The figures of the last run of one kind in Prometheus' text format: a file that node_exporter
 * reads, and the same text for a Pushgateway. There is no label {@code job}: Prometheus has one of
 * its own for whatever it reads.
 */
final class MetricsFile implements RunWatch.Teller {
  private static final Pattern SUCCEEDED =
      Pattern.compile("(?m)^" + Metric.RUN_SUCCEEDED.published() + "\\{.*} (\\S+)$");

  private final Path file;
  private final Map<String, String> own;

  /**
   * A file in a folder.
   *
   * @param own the labels that all figures of the kind have, which name it too
   */
  MetricsFile(Path folder, Map<String, String> own) {
    this.own = own;
    this.file =
        folder.resolve(
            "ltv_" + String.join("_", own.values()).replaceAll("[^A-Za-z0-9_.-]", "-") + ".prom");
  }

  @Override
  public String what() {
    return "The figures are not in " + file;
  }

  @Override
  public void ended(RunWatch.Ended ended) throws IOException {
    List<Measure> measures = new ArrayList<>(ended.report().measures());
    if (measures.stream().noneMatch(m -> m.metric() == Metric.RUN_SUCCEEDED)) {
      succeeded().ifPresent(at -> measures.add(new Measure(Metric.RUN_SUCCEEDED, List.of(), at)));
    }
    write(text(measures, own));
  }

  /** When a run of the kind last ended with 0, as far as the file knows: a failure keeps it. */
  private OptionalDouble succeeded() throws IOException {
    if (!Files.exists(file)) {
      return OptionalDouble.empty();
    }
    Matcher line = SUCCEEDED.matcher(Files.readString(file));
    return line.find()
        ? OptionalDouble.of(Double.parseDouble(line.group(1)))
        : OptionalDouble.empty();
  }

  /** Replaces the file; readers see the old or the new one. */
  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Figures as text, each with these labels beside its own. */
  static String text(List<Measure> measures, Map<String, String> own) throws IOException {
    Map<Metric, List<GaugeDataPointSnapshot>> points = new EnumMap<>(Metric.class);
    for (Measure measure : measures) {
      points
          .computeIfAbsent(measure.metric(), m -> new ArrayList<>())
          .add(new GaugeDataPointSnapshot(measure.value(), labels(measure, own), null));
    }
    List<MetricSnapshot> snapshots = new ArrayList<>();
    points.forEach(
        (metric, of) -> {
          GaugeSnapshot.Builder gauge =
              GaugeSnapshot.builder().name(metric.published()).help(metric.help());
          of.forEach(gauge::dataPoint);
          snapshots.add(gauge.build());
        });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(bytes, new MetricSnapshots(snapshots));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Labels labels(Measure measure, Map<String, String> own) {
    Labels labels =
        Labels.of(own.keySet().toArray(String[]::new), own.values().toArray(String[]::new));
    return labels.merge(
        Labels.of(
            measure.metric().labels().toArray(String[]::new),
            measure.labels().toArray(String[]::new)));
  }
}
