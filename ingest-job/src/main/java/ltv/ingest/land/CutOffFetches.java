package ltv.ingest.land;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ltv.lake.Storage;
import ltv.lake.Storage.StoredFile;

/** What fetches left in a landing that were cut off: pages that no manifest names. */
final class CutOffFetches {
  /** Cursors end, and pages of different hours do not make one report. */
  private static final Duration CURSOR_LIFE = Duration.ofHours(1);

  private final Storage storage;
  private final Clock clock;

  CutOffFetches(Storage storage, Clock clock) {
    this.storage = storage;
    this.clock = clock;
  }

  /** The pages of the newest fetch of a day that has no manifest and may be gone on from. */
  List<LandedPage> of(String dayFolder) throws IOException {
    Optional<String> newest =
        storage.find(storage.location(dayFolder), Landing.PARTIAL).stream()
            .filter(p -> !storage.exists(p.replace(Landing.PARTIAL, Landing.MANIFEST)))
            .max(Comparator.naturalOrder());
    if (newest.isEmpty()) {
      return List.of();
    }
    LandedDay partial = LandedDay.read(storage, newest.get());
    boolean alive =
        Instant.parse(partial.fetchedAt()).plus(CURSOR_LIFE).isAfter(clock.instant())
            && partial.pages().stream().allMatch(p -> storage.exists(storage.location(p.file())));
    return alive ? partial.pages() : List.of();
  }

  /** Removes what is older than this below a place; returns how many files there were. */
  static long remove(Storage storage, String below, Instant limit) {
    Map<String, List<StoredFile>> folders =
        storage.list(below).stream()
            .collect(Collectors.groupingBy(f -> f.location().replaceFirst("/[^/]*$", "")));
    List<StoredFile> left =
        folders.values().stream()
            .filter(files -> files.stream().noneMatch(f -> f.location().endsWith(Landing.MANIFEST)))
            .flatMap(List::stream)
            .filter(f -> f.written().isBefore(limit))
            .toList();
    left.forEach(f -> storage.delete(f.location()));
    return left.size();
  }
}
