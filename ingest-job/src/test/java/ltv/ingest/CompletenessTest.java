package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.lake.LedgerEntry;
import ltv.lake.LedgerEntry.State;
import ltv.lake.Partition;
import ltv.lake.Pin;
import org.junit.jupiter.api.Test;

class CompletenessTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 18);
  private static final ChannelAccount SEOUL = new ChannelAccount("1", ZoneId.of("Asia/Seoul"));
  private static final ChannelAccount UTC = new ChannelAccount("2", ZoneId.of("UTC"));

  /** Days, each with the moment its accounts were read, as a run's id writes it. */
  private static Pin days(Object... dayAndRun) {
    SortedMap<Partition, LedgerEntry> days = new TreeMap<>();
    for (int i = 0; i < dayAndRun.length; i += 2) {
      LocalDate day = (LocalDate) dayAndRun[i];
      Map<String, String> sources = new TreeMap<>();
      for (String account : List.of("1", "2")) {
        sources.put(
            "c/s/account=%s/date=%s/run=%s-00000000/_request.json"
                .formatted(account, day, dayAndRun[i + 1]),
            "");
      }
      days.put(Partition.of(day), entry(day, sources));
    }
    return new Pin(Optional.empty(), days, Map.of(), Map.of(), Optional.empty());
  }

  private static LedgerEntry entry(LocalDate day, Map<String, String> sources) {
    return new LedgerEntry(
        "src_c__s",
        day.toString(),
        State.EMPTY,
        "r",
        "",
        "",
        "",
        -1,
        0,
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        sources,
        "",
        null);
  }

  @Test
  void a_day_is_complete_when_it_was_read_after_its_midnight_in_the_accounts_zone() {
    Pin pin = days(DAY.minusDays(1), "20261118T220000Z", DAY, "20261118T220000Z");

    assertEquals(Optional.of(DAY), Completeness.until(SEOUL, pin), "07:00 of the next day there");
    assertEquals(Optional.of(DAY.minusDays(1)), Completeness.until(UTC, pin), "two hours to go");
    assertEquals(
        "1=2026-11-18, 2=2026-11-17",
        Completeness.of(new ChannelStream("c", "s", 0, List.of(), List.of(SEOUL, UTC)), pin));
  }

  @Test
  void a_gap_ends_it_and_a_silent_account_does() {
    Pin gap = days(DAY.minusDays(2), "20261119T220000Z", DAY, "20261119T220000Z");
    assertEquals(Optional.of(DAY.minusDays(2)), Completeness.until(SEOUL, gap));
    ChannelStream stream = new ChannelStream("c", "s", 0, List.of(), List.of(SEOUL, UTC));
    assertEquals(Optional.of(DAY), Completeness.newest(stream, gap), "a gap is not a lag");
    Pin early = days(DAY.minusDays(1), "20261118T220000Z", DAY, "20261118T220000Z");
    assertEquals(Optional.of(DAY.minusDays(1)), Completeness.newest(stream, early));

    ChannelAccount silent = new ChannelAccount("3", ZoneId.of("UTC"));
    assertEquals(Optional.empty(), Completeness.until(silent, gap));
    assertEquals(Optional.empty(), Completeness.until(SEOUL, Pin.nothing()));
    assertEquals(Optional.empty(), Completeness.newest(stream, Pin.nothing()));
  }
}
