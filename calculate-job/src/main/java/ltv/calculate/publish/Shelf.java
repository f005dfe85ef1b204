package ltv.calculate.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.lake.Storage;
import ltv.lake.WebFiles;
import ltv.lake.WebFiles.Keeping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports of a site in the place where they are published. A version's files never change; what
 * leads to the newest is made from the versions that are there.
 */
public final class Shelf {
  private static final Logger log = LoggerFactory.getLogger(Shelf.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) // of a newer job
          .build();
  private static final Comparator<Version> BY_AGE =
      Comparator.comparing(version -> Instant.parse(version.publishedAt()));

  private final Storage place;
  private final WebFiles files;
  private final String site;

  /**
   * The reports of a site.
   *
   * @param place which whoever opened it closes
   */
  public Shelf(Storage place, String site) {
    this.place = place;
    this.files = new WebFiles(place);
    this.site = site;
  }

  /** The site whose reports they are. */
  public String site() {
    return site;
  }

  /**
   * Publishes a version. One that is there already is not written again; it becomes the newest of
   * its week if another one was.
   *
   * @param now instant of the run
   * @throws UncheckedIOException when the place cannot be written
   */
  public Version publish(Draft draft, Instant now) {
    Version version = draft.version(now.toString());
    Optional<Version> newest =
        newest(versions(version.week() + "/" + version.type())).stream().findFirst();
    if (newest.isPresent() && newest.get().hash().equals(version.hash())) {
      return newest.get();
    }
    if (read(version.folder() + "/" + Version.FACTS, Version.class).isEmpty()) {
      draft
          .files()
          .forEach((name, bytes) -> write(version.folder() + "/" + name, bytes, keeping(name)));
    }
    Instant after =
        newest.map(known -> Instant.parse(known.publishedAt()).plusMillis(1)).orElse(Instant.MIN);
    Version last = version.publishedAt((after.isAfter(now) ? after : now).toString());
    write(version.folder() + "/" + Version.FACTS, last);
    return last;
  }

  /** A page is asked for each time it is opened, so that the store's log knows who reads. */
  private static Keeping keeping(String name) {
    return name.endsWith(".html") ? Keeping.ASK_AGAIN : Keeping.FOREVER;
  }

  /** Whether something of this name lies beside the site's folder. */
  boolean isBeside(String name) {
    return place.exists(place.location(name));
  }

  /** The newest version of each week and type, in no order. */
  Collection<Version> newest() {
    return newest(versions(""));
  }

  private static Collection<Version> newest(List<Version> versions) {
    Map<String, Version> newest = new TreeMap<>();
    versions.forEach(
        v ->
            newest.merge(v.week() + "/" + v.type(), v, (a, b) -> BY_AGE.compare(a, b) < 0 ? b : a));
    return newest.values();
  }

  /** Every version below a folder of the site. */
  private List<Version> versions(String folder) {
    String root = place.location(site);
    List<Version> versions = new ArrayList<>();
    for (String location :
        place.find(folder.isEmpty() ? root : root + "/" + folder, Version.FACTS)) {
      read(location.substring(root.length() + 1), Version.class)
          .filter(v -> location.endsWith("/" + v.folder() + "/" + Version.FACTS))
          .ifPresent(versions::add);
    }
    return versions;
  }

  /**
   * What a JSON file below the site's folder says; empty when there is none, or when it was not
   * written here.
   */
  <T> Optional<T> read(String name, Class<T> type) {
    String location = place.location(site + "/" + name);
    try {
      return place.exists(location)
          ? Optional.of(JSON.readValue(place.read(location), type))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      log.warn("{} is not what a run wrote and does not count: {}", location, e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + location, e);
    }
  }

  /** Writes a JSON file below the site's folder. */
  void write(String name, Object what) {
    try {
      write(name, JSON.writeValueAsBytes(what), Keeping.ASK_AGAIN);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file below the site's folder. */
  void write(String name, byte[] bytes, Keeping keeping) {
    String location = place.location(site + "/" + name);
    try {
      files.write(location, bytes, keeping);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + location, e);
    }
  }
}
