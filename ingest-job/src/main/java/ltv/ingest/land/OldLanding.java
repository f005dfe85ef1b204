package ltv.ingest.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ltv.config.SiteConfig;
import ltv.lake.Storage;
import ltv.lake.Storage.StoredFile;

/** What landed so long ago that it need not be kept. */
public final class OldLanding {
  private OldLanding() {}

  /**
   * Removes from a site's landing what fetches left that were cut off, and readings that are older
   * than the site keeps them.
   *
   * @param limit cut-off fetches of before this are nobody's any more
   * @return how many files there were
   */
  public static long remove(SiteConfig site, Instant limit) {
    try (Storage landing = Storage.landing(site)) {
      long files = CutOffFetches.remove(landing, landing.root(), limit);
      return site.keepLandingDays() == null
          ? files
          : files
              + remove(
                  landing,
                  Clock.systemUTC().instant().minus(Duration.ofDays(site.keepLandingDays())));
    }
  }

  /** Readings of before this, and pages that no other reading names. */
  private static long remove(Storage storage, Instant limit) {
    List<StoredFile> files = storage.list(storage.root());
    Set<String> named = new HashSet<>();
    for (StoredFile file : files) {
      if (isManifest(file) && !file.written().isBefore(limit)) {
        named.addAll(pages(storage, file));
      }
    }
    // manifests first: one without its pages would be a reading that cannot be read
    List<StoredFile> old =
        files.stream()
            .filter(f -> f.written().isBefore(limit) && !named.contains(f.location()))
            .sorted(Comparator.comparing(f -> !isManifest(f)))
            .toList();
    old.forEach(f -> storage.delete(f.location()));
    return old.size();
  }

  private static boolean isManifest(StoredFile file) {
    return file.location().endsWith("/" + Landing.MANIFEST);
  }

  private static List<String> pages(Storage storage, StoredFile manifest) {
    try {
      return LandedDay.read(storage, manifest.location()).pages().stream()
          .map(page -> storage.location(page.file()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
