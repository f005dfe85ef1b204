package ltv.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ltv.config.SiteConfig;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.SiteFlags;

/** Every dataset folder that a job knows: its own, and the schemas of the jobs before it. */
public final class Datasets {
  /** The jobs, each after those whose tables it reads. */
  public static final List<String> JOBS = List.of("ingest", "cleanse", "process", "calculate");

  private static final String ROOT = "sql/";
  private static final String SCHEMA = "/schema.yml";
  private static final String QUERY = "/query.sql";
  private static final String LINKS = "/links.sql";
  private static final String START = "/start.sql";
  private static final String STEP = "/step.sql";
  private static final Pattern VIEW = Pattern.compile("(.*)/views/(\\w+)\\.sql");

  /** Ends of the files that make a dataset; a folder holds others too, its cases. */
  private static final List<String> FILES = List.of(SCHEMA, QUERY, LINKS, START, STEP);

  private final SortedMap<String, Dataset> byName;

  private Datasets(SortedMap<String, Dataset> byName) {
    this.byName = byName;
  }

  /** What a command of a job sees: its packed folders, and the site's own where flags name some. */
  public static Datasets seenBy(String job, Class<?> main, SiteFlags flags) {
    Datasets packed = packedWith(main);
    return flags.datasets().map(folder -> packed.withFolder(job, folder)).orElse(packed);
  }

  /** The folders packed beside {@code type}, under {@code sql/<job>/<dataset>}. */
  public static Datasets packedWith(Class<?> type) {
    Map<String, String> files = new TreeMap<>();
    try {
      Path source = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        readFolder(source.resolve(ROOT), files);
      } else {
        readJar(source, files);
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The jar's own dataset folders cannot be read", e);
    }
    return of(files);
  }

  /** The folders below {@code sql}, each {@code <job>/<dataset>}, plus those known so far. */
  public static Datasets below(Path sql) {
    Map<String, String> files = new TreeMap<>();
    try {
      readFolder(sql, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(files);
  }

  /**
   * Adds the folders of a site, {@code <folder>/<dataset>}, to a job. One that has the name of a
   * packed dataset, or whose schema cannot be read, is refused.
   */
  public Datasets withFolder(String job, Path folder) {
    Map<String, String> files = new TreeMap<>();
    try {
      if (!Files.isDirectory(folder)) {
        throw new JobException(
            ExitCode.USAGE, "--datasets " + folder + " is not a folder; give an existing one");
      }
      readFolder(folder, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> inJob = new TreeMap<>();
    files.forEach((path, text) -> inJob.put(job + "/" + path, text));
    SortedMap<String, Dataset> all = new TreeMap<>(byName);
    of(inJob)
        .byName
        .forEach(
            (name, dataset) -> {
              dataset.schema();
              if (all.put(name, dataset) != null) {
                throw new JobException(
                    ExitCode.CONFIGURATION,
                    folder.resolve(name) + " has the name of a packed dataset; rename the folder");
              }
            });
    return new Datasets(all);
  }

  private static void readFolder(Path root, Map<String, String> files) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (isOfDataset("/" + name)) {
          files.put(name, Files.readString(file));
        }
      }
    }
  }

  private static void readJar(Path jar, Map<String, String> files) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (var entry : (Iterable<java.util.jar.JarEntry>) file.stream()::iterator) {
        String name = entry.getName();
        if (name.startsWith(ROOT) && isOfDataset(name)) {
          try (InputStream in = file.getInputStream(entry)) {
            files.put(
                name.substring(ROOT.length()),
                new String(in.readAllBytes(), StandardCharsets.UTF_8));
          }
        }
      }
    }
  }

  static boolean isOfDataset(String path) {
    return FILES.stream().anyMatch(path::endsWith) || VIEW.matcher(path).matches();
  }

  /**
   * From paths {@code <job>/<dataset>/schema.yml}, {@code …/query.sql} and so on to their texts.
   */
  static Datasets of(Map<String, String> files) {
    SortedMap<String, Dataset> byName = new TreeMap<>();
    Map<String, SortedMap<String, String>> views = views(files);
    files.forEach(
        (path, text) -> {
          if (path.endsWith(SCHEMA)) {
            String[] parts = path.split("/");
            String folder = path.substring(0, path.length() - SCHEMA.length());
            byName.put(
                parts[1],
                new Dataset(
                    parts[0],
                    parts[1],
                    text,
                    files.getOrDefault(folder + QUERY, "").stripTrailing(),
                    settling(folder, files),
                    views.getOrDefault(folder, new TreeMap<>())));
          }
        });
    return new Datasets(byName);
  }

  /** By folder the views of a mart, by name. */
  private static Map<String, SortedMap<String, String>> views(Map<String, String> files) {
    Map<String, SortedMap<String, String>> views = new TreeMap<>();
    files.forEach(
        (path, text) -> {
          Matcher view = VIEW.matcher(path);
          if (view.matches()) {
            views
                .computeIfAbsent(view.group(1), folder -> new TreeMap<>())
                .put(view.group(2), text.stripTrailing());
          }
        });
    return views;
  }

  private static Optional<Settling> settling(String folder, Map<String, String> files) {
    List<String> parts =
        Stream.of(LINKS, START, STEP).map(part -> files.get(folder + part)).toList();
    long there = parts.stream().filter(Objects::nonNull).count();
    if (there == 0) {
      return Optional.empty();
    }
    if (there < parts.size()) {
      throw new JobException(
          ExitCode.CONFIGURATION,
          folder
              + " has some of links.sql, start.sql and step.sql; a dataset that settles has all");
    }
    return Optional.of(new Settling(parts.get(0), parts.get(1), parts.get(2)));
  }

  /** A dataset by name. */
  public Dataset get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new JobException(
                    ExitCode.USAGE,
                    "There is no dataset "
                        + name
                        + "; known are "
                        + String.join(", ", byName.keySet())));
  }

  private Optional<Dataset> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All datasets, by name. */
  public List<Dataset> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Begins to read the schemas of jobs' datasets beside what the caller does next, which takes as
   * long; what is wrong with one is told when it is asked for.
   */
  public void readAhead(List<String> jobs) {
    CompletableFuture.runAsync(() -> jobs.forEach(this::inOrder));
  }

  /** The datasets that {@code job} builds, each after its inputs. */
  public List<Dataset> inOrder(String job) {
    Set<Dataset> ordered = new LinkedHashSet<>();
    for (Dataset dataset : byName.values()) {
      place(dataset, job, ordered, new ArrayList<>());
    }
    return List.copyOf(ordered);
  }

  private void place(Dataset dataset, String job, Set<Dataset> ordered, List<String> path) {
    if (!dataset.job().equals(job) || ordered.contains(dataset)) {
      return;
    }
    if (path.contains(dataset.name())) {
      throw new JobException(
          ExitCode.CONFIGURATION, "Datasets read each other in a circle: " + path);
    }
    List<String> deeper = new ArrayList<>(path);
    deeper.add(dataset.name());
    for (String input : dataset.schema().inputs().keySet()) {
      place(get(input), job, ordered, deeper);
    }
    ordered.add(dataset);
  }

  /**
   * The datasets of a job that a site can have, each after its inputs.
   *
   * @param only names; empty for all
   * @throws JobException with exit 64 for a name that is no dataset
   */
  public List<Dataset> present(String job, SiteConfig site, List<String> only) {
    only.forEach(this::get);
    return inOrder(job).stream()
        .filter(d -> only.isEmpty() || only.contains(d.name()))
        .filter(d -> present(d, site))
        .toList();
  }

  /**
   * Whether a site can have this dataset at all: a source dataset when the site has the source and
   * asks for what is on request, any other when it is standing or has at least one of the inputs
   * that are not.
   */
  public boolean present(Dataset dataset, SiteConfig site) {
    if (dataset.isSource()) {
      String[] parts = dataset.name().substring("src_".length()).split("__", 2);
      if (parts.length == 1) {
        return true; // of no single source
      }
      return dataset.schema().onRequest()
          ? site.asksFor(parts[0], parts[1])
          : site.hasSource(parts[0], parts[1]);
    }
    Set<String> inputs = dataset.schema().inputs().keySet();
    return dataset.schema().standing()
        || inputs.isEmpty()
        || inputs.stream().map(this::get).anyMatch(i -> !i.schema().standing() && present(i, site));
  }
}
