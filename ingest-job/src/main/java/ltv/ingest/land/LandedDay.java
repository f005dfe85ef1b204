package ltv.ingest.land;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import ltv.lake.Fingerprint;
import ltv.lake.Storage;

/**
 * What one fetch brought, whole: the manifest {@code _request.json} of its folder.
 *
 * @param channel the channel's id
 * @param stream the stream's name
 * @param account the account's id
 * @param zone of the account's day
 * @param date the day, ISO
 * @param runId the run that fetched it
 * @param fetchedAt ISO instant of the end of the fetch
 * @param pages in the order received
 */
public record LandedDay(
    String channel,
    String stream,
    String account,
    String zone,
    String date,
    String runId,
    String fetchedAt,
    List<LandedPage> pages) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public LandedDay {
    pages = List.copyOf(pages);
  }

  /**
   * Hash over what the pages hold, in order, and for files their name and day, which become part of
   * the rows, and their charset: equal when typing would give the same.
   */
  public String hash() {
    Fingerprint hash = Fingerprint.start().add(account);
    for (LandedPage page : pages) {
      hash.add(page.content());
      hash.add(page.facts().getOrDefault(LandedPage.SOURCE_FILE, ""));
      hash.add(page.facts().getOrDefault(LandedPage.FILE_DAY, ""));
      Optional.ofNullable(page.facts().get(LandedPage.CHARSET)).ifPresent(hash::add);
    }
    return hash.hex();
  }

  /** Reads a manifest, from where it lies and not from a copy: it may have been written anew. */
  static LandedDay read(Storage storage, String location) throws IOException {
    return JSON.readValue(storage.read(location), LandedDay.class);
  }

  /** The same reading with other pages. */
  LandedDay with(List<LandedPage> others) {
    return new LandedDay(channel, stream, account, zone, date, runId, fetchedAt, others);
  }

  /** Whether some page holds something else than what was read of the day before. */
  public boolean moved() {
    return pages.stream().anyMatch(page -> page.file().startsWith(folder() + "/"));
  }

  /** The name of its folder below the landing. */
  String folder() {
    return folder(channel, stream, account, date) + "/run=" + runId;
  }

  static String folder(String channel, String stream, String account, String date) {
    return String.join("/", channel, stream, "account=" + account, "date=" + date);
  }
}
