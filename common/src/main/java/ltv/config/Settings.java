package ltv.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * A site file, read once. Parts are bound to records with {@link #bind}; {@link #verify} then ends
 * the run if anything was wrong, naming every problem of every part.
 */
public final class Settings {
  /** Parts that only ingest binds: the other jobs run without the secrets of the channels. */
  private static final Set<String> OF_INGEST = Set.of("channels", "personal_data", "call_limits");

  private final Path file;
  private final JsonNode root;
  private final SortedMap<String, String> notPutIn;
  private final List<String> problems = new ArrayList<>();
  private final ObjectMapper binder;

  private Settings(Path file, JsonNode root, SortedMap<String, String> notPutIn) {
    this.file = file;
    this.root = root;
    this.notPutIn = notPutIn;
    this.binder =
        YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new JavaTimeModule())
            .addHandler(new ProblemHandler(problems))
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();
  }

  /**
   * Reads a site file, puts environment variables in and secrets from their files.
   *
   * @param environment usually {@code System.getenv()}
   * @throws JobException with exit 78 when the file cannot be read as YAML
   */
  public static Settings load(Path file, Map<String, String> environment) {
    try {
      JsonNode tree = new YAMLMapper().readTree(Files.readString(file));
      return new Settings(file, tree, new Substitution(environment).in(tree));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : " line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new JobException(
          ExitCode.CONFIGURATION,
          file + where + " is not YAML: " + e.getOriginalMessage() + ". Mend the file.",
          e);
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFIGURATION,
          "Cannot read the site file " + file + "; give an existing one with --config.",
          e);
    }
  }

  /**
   * Binds one part to a record.
   *
   * @param path dotted, empty for the whole file
   * @return empty when the part is absent, or broken in a way that {@link #verify} will report
   */
  public <T> Optional<T> bind(String path, Class<T> type) {
    notPutIn.forEach(
        (setting, complaint) -> {
          if (belongs(setting, path)) {
            problems.add(setting + " " + complaint);
          }
        });
    JsonNode node = path.isEmpty() ? root : root.at("/" + path.replace('.', '/'));
    if (node instanceof MissingNode || node.isNull()) {
      return Optional.empty();
    }
    int before = problems.size();
    try {
      T bound = binder.readerFor(type).withAttribute(ProblemHandler.PREFIX, path).readValue(node);
      return problems.size() > before ? Optional.empty() : Optional.ofNullable(bound);
    } catch (JacksonException e) {
      problems.add((path.isEmpty() ? "" : path + ": ") + e.getOriginalMessage());
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("A tree in memory cannot fail to be read", e);
    }
  }

  /** The names of the settings below a path, none when there is nothing. */
  public List<String> names(String path) {
    List<String> names = new ArrayList<>();
    root.at("/" + path.replace('.', '/')).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean belongs(String setting, String part) {
    return part.isEmpty()
        ? OF_INGEST.stream().noneMatch(own -> setting.startsWith(own + "."))
        : setting.startsWith(part + ".");
  }

  /** Adds a problem that only a reader of several parts can see. */
  public void problem(String path, String complaint) {
    problems.add(path + " " + complaint);
  }

  /** Ends the run with exit 78 and every problem found so far, if there is one. */
  public void verify() {
    if (!problems.isEmpty()) {
      throw new JobException(
          ExitCode.CONFIGURATION,
          file
              + " has "
              + problems.size()
              + (problems.size() == 1 ? " problem:" : " problems:")
              + problems.stream().map(p -> "\n  - " + p).reduce("", String::concat));
    }
  }
}
