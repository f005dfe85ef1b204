package ltv.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ltv.config.LineageSettings.OpenLineage;
import ltv.config.SiteConfig;
import ltv.lake.Storage;
import ltv.run.Run;

/** Brings lineage where the site wants it: into a file, one event a line, or to an address. */
final class LineagePost implements RunWatch.Teller {
  private final OpenLineage settings;
  private final Lineage lineage;
  private final Receiver receiver;

  LineagePost(Run run, SiteConfig site, Watched watched, Mask mask) {
    this.settings = site.lineage().openlineage();
    String namespace = settings.namespace() == null ? "ltv." + site.site() : settings.namespace();
    try (Storage warehouse = Storage.warehouse(site);
        Storage landing = Storage.landing(site)) {
      this.lineage =
          new Lineage(
              run,
              namespace,
              warehouse.root(),
              landing.root(),
              watched.day().map(day -> day.atStartOfDay(site.timezone()).toInstant()),
              mask);
    }
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
    if (settings.apiKey() != null) {
      headers.put("Authorization", "Bearer " + settings.apiKey().reveal());
    }
    this.receiver = settings.url() == null ? null : new Receiver(settings.url(), headers);
  }

  @Override
  public String what() {
    return "OpenLineage events are not in " + (receiver == null ? settings.file() : settings.url());
  }

  @Override
  public void begun() throws IOException {
    send(List.of(lineage.started()));
  }

  @Override
  public void ended(RunWatch.Ended ended) throws IOException {
    send(lineage.ended(ended));
  }

  private void send(List<String> events) throws IOException {
    if (receiver == null) {
      append(settings.file(), String.join("\n", events) + "\n");
      return;
    }
    for (String event : events) {
      if (receiver.isThere()) { // it was said that it is not
        receiver.post(event);
      }
    }
  }

  /** In one piece: runs side by side must not break each other's lines. */
  private static void append(Path file, String lines) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.write(
        file,
        lines.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
