package ltv.ingest.land;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelAccount;
import ltv.lake.Fingerprint;
import ltv.lake.Storage;

/** What a landing holds, as the ledger names it: manifests with their sha256. */
public final class LandedSources {
  /** What is said of a day whose landing was not kept. */
  public static final String EXPIRED =
      "its landing has expired (keep_landing_days); its rows stay.";

  private final Storage storage;

  LandedSources(Storage storage) {
    this.storage = storage;
  }

  /** The manifests of these days with their sha256. */
  public Map<String, String> of(List<LandedDay> days) {
    Map<String, String> sources = new TreeMap<>();
    days.forEach(d -> sources.put(Landing.manifest(d), Fingerprint.of(Landing.bytes(d))));
    return sources;
  }

  /** Whether a manifest is of this account's landing. */
  public static boolean isOf(String manifest, ChannelAccount account) {
    return manifest.contains("/account=" + account.id() + "/");
  }

  /** The days that these manifests are of. */
  public List<LandedDay> days(Set<String> manifests) throws IOException {
    List<LandedDay> days = new ArrayList<>();
    for (String manifest : manifests) {
      days.add(LandedDay.read(storage, storage.location(manifest)));
    }
    return days;
  }

  /** The first manifest or page that is not, byte for byte, what was landed; empty when all are. */
  public Optional<String> damaged(Map<String, String> sources) throws IOException {
    Optional<String> damaged = rewritten(sources);
    if (damaged.isPresent()) {
      return damaged;
    }
    Map<String, String> pages = new TreeMap<>();
    days(sources.keySet())
        .forEach(
            d -> d.pages().forEach(p -> pages.put(storage.location(p.file()), p.fileSha256())));
    return storage.damaged(pages);
  }

  /** The first manifest that is gone or was written anew since; empty when none was. */
  public Optional<String> rewritten(Map<String, String> sources) {
    Map<String, String> manifests = new TreeMap<>();
    sources.forEach((name, sha256) -> manifests.put(storage.location(name), sha256));
    return storage.damaged(manifests);
  }

  /** Whether a manifest is there no more. */
  public boolean areGone(Map<String, String> sources) {
    return sources.keySet().stream().anyMatch(m -> !storage.exists(storage.location(m)));
  }
}
