package ltv.ingest.land;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import ltv.config.Sites;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.lake.Storage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingTest {
  private static final ChannelAccount ACCOUNT = new ChannelAccount("1", ZoneId.of("Asia/Seoul"));
  private static final ChannelStream STREAM =
      new ChannelStream("shop", "orders", 0, List.of(), List.of(ACCOUNT));
  private static final FetchRequest DAY =
      new FetchRequest(STREAM, ACCOUNT, LocalDate.of(2026, 11, 19));

  @TempDir private Path home;
  private Path root;

  @BeforeEach
  void placed() {
    root = home.resolve("landing");
  }

  /** A channel that sends these pages, and then fails if it is told to. */
  private record Shop(List<String> pages, boolean fails) implements ChannelConnector {
    @Override
    public String channel() {
      return "shop";
    }

    @Override
    public List<ChannelStream> streams() {
      return List.of(STREAM);
    }

    @Override
    public void fetch(FetchRequest request, RawSink sink) {
      try {
        for (String page : pages) {
          byte[] body = page.getBytes(StandardCharsets.UTF_8);
          sink.page("json", Map.of("z", "1", "a", "2"), new ByteArrayInputStream(body));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (fails) {
        throw new ChannelException(Kind.RETRY, "the second half is missing");
      }
    }
  }

  @Test
  void only_its_owner_may_look_into_a_landing() throws IOException {
    land("run-1", "{}");

    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root)));
  }

  @Test
  void bytes_land_as_they_came_with_a_manifest_that_says_what_was_asked() throws IOException {
    LandedDay day = land("run-1", "{\"a\":1}", "한글");

    Path folder = root.resolve("shop/orders/account=1/date=2026-11-19/run=run-1");
    assertEquals("{\"a\":1}", unpacked(folder.resolve("page-000001.json.gz")));
    assertEquals("한글", unpacked(folder.resolve("page-000002.json.gz")));
    assertEquals(7, day.pages().get(0).bytes());
    String manifest = Files.readString(folder.resolve("_request.json"));
    assertTrue(manifest.contains("\"fetchedAt\" : \"2026-11-20T01:00:00Z\""), manifest);
    assertTrue(manifest.indexOf("\"a\" :") < manifest.indexOf("\"z\" :"), "one order for all");
  }

  @Test
  void the_same_bytes_are_stored_once_and_hash_alike() throws IOException {
    LandedDay first = land("run-1", "same", "other");
    LandedDay second = land("run-2", "same", "new");

    assertEquals(first.pages().get(0).file(), second.pages().get(0).file());
    assertEquals(3, files("page-"));
    assertNotEquals(first.hash(), second.hash());
    assertEquals(second.hash(), land("run-3", "same", "new").hash());
  }

  @Test
  void the_same_rows_with_another_link_are_the_same_page() throws IOException {
    String page =
        "{\"data\":[{\"id\":\"%s\",\"n\":[1]}],\"paging\":{\"next\":\"http://x/?after=%s\"}}";
    LandedDay first = land("run-1", page.formatted("a", "c1"), "{\"data\":[]}");

    LandedDay again = land("run-2", page.formatted("a", "c2"), "{\"paging\":{},\"data\":[]}");
    LandedDay other = land("run-3", page.formatted("b", "c2"), "{\"data\":[]}");

    assertEquals(first.hash(), again.hash());
    assertFalse(again.moved());
    assertNotEquals(first.pages().get(0).sha256(), again.pages().get(0).sha256(), "as received");
    assertEquals(3, files("page-"), "a page without rows is one too");
    assertNotEquals(first.hash(), other.hash());
    assertTrue(other.moved());
  }

  @Test
  void a_manifest_of_before_rows_were_hashed_is_read_by_its_bytes() {
    LandedPage page = new LandedPage("f", "json", "of the bytes", null, "packed", 1, Map.of());

    assertEquals("of the bytes", page.content());
  }

  @Test
  void a_fetch_that_fails_leaves_no_manifest_and_does_not_count_as_the_newest() throws IOException {
    land("run-1", "whole");

    assertThrows(
        ChannelException.class,
        () ->
            landing("run-2")
                .land(new Shop(List.of("half"), true), DAY, Optional.empty(), Optional.of("data")));

    assertEquals(1, files("_request.json"));
    assertEquals(
        "shop/orders/account=1/date=2026-11-19/run=run-1/page-000001.json.gz",
        land("run-3", "whole").pages().get(0).file());
  }

  /** A channel whose pages have cursors; it breaks off before one of them, as a kill would. */
  private static final class Cursors implements ChannelConnector {
    private final List<String> asked = new ArrayList<>();
    private final int breaksBefore;
    private final boolean forgets;

    Cursors(int breaksBefore, boolean forgets) {
      this.breaksBefore = breaksBefore;
      this.forgets = forgets;
    }

    @Override
    public String channel() {
      return "shop";
    }

    @Override
    public List<ChannelStream> streams() {
      return List.of(STREAM);
    }

    @Override
    public void fetch(FetchRequest request, RawSink sink) {
      int received = sink.received().size();
      for (int page = received; page < 3; page++) {
        asked.add("p" + page);
        if (forgets && received > 0) {
          throw new ChannelException(Kind.BUG, "unknown cursor");
        }
        if (page == breaksBefore) {
          throw new IllegalStateException("killed");
        }
        Map<String, String> facts = page < 2 ? Map.of(RawSink.NEXT, "c" + page) : Map.of();
        byte[] body = ("page " + page).getBytes(StandardCharsets.UTF_8);
        try {
          sink.page("json", facts, new ByteArrayInputStream(body));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static final Instant NIGHT = Instant.parse("2026-11-20T01:00:00Z");

  private LandedDay takenUp(Cursors source, Instant now) {
    assertThrows(
        IllegalStateException.class,
        () ->
            landing("run-1")
                .land(new Cursors(2, false), DAY, Optional.empty(), Optional.of("data")));
    return landing("run-2", now).land(source, DAY, Optional.empty(), Optional.of("data"));
  }

  @Test
  void a_fetch_that_was_cut_off_goes_on_at_the_next_page_while_the_cursor_lives()
      throws IOException {
    Cursors source = new Cursors(-1, false);

    LandedDay day = takenUp(source, NIGHT.plus(Duration.ofMinutes(50)));

    assertEquals(List.of("p2"), source.asked);
    assertEquals(3, day.pages().size());
    assertTrue(day.moved());
    Path folder = root.resolve("shop/orders/account=1/date=2026-11-19/run=run-2");
    assertEquals("page 1", unpacked(folder.resolve("page-000002.json.gz")));
    assertEquals(
        2,
        OldLanding.remove(Sites.below(home), Instant.MAX) - 1,
        "the two pages of the first run and their note are nobody's");
    assertEquals(
        Optional.empty(),
        landing("run-3").sources().damaged(landing("run-3").sources().of(List.of(day))));
    assertEquals(0, files("_partial"), "it is whole");
  }

  @Test
  void a_cursor_that_is_too_old_or_that_the_source_forgot_starts_the_day_again()
      throws IOException {
    Cursors late = new Cursors(-1, false);
    LandedDay day = takenUp(late, NIGHT.plus(Duration.ofMinutes(61)));
    assertEquals(List.of("p0", "p1", "p2"), late.asked);
    assertEquals(3, day.pages().size());

    placedAnew();
    Cursors forgetful = new Cursors(-1, true);
    LandedDay again = takenUp(forgetful, NIGHT);
    assertEquals(List.of("p2", "p0", "p1", "p2"), forgetful.asked);
    assertEquals(
        List.of("page 0", "page 1", "page 2"),
        again.pages().stream().map(p -> unpackedPage(p)).toList());
  }

  @Test
  void bytes_of_a_fetch_that_failed_are_stored_again_for_another_day() {
    Landing landing = landing("run-1");
    assertThrows(
        ChannelException.class,
        () ->
            landing.land(
                new Shop(List.of("empty"), true), DAY, Optional.empty(), Optional.of("data")));
    FetchRequest next = new FetchRequest(STREAM, ACCOUNT, LocalDate.of(2026, 11, 20));

    LandedDay day =
        landing.land(
            new Shop(List.of("empty"), false), next, Optional.empty(), Optional.of("data"));

    assertTrue(day.pages().get(0).file().contains("date=2026-11-20"), day.toString());
  }

  private void placedAnew() {
    home = home.resolve("other");
    root = home.resolve("landing");
  }

  private String unpackedPage(LandedPage page) {
    try {
      return unpacked(root.resolve(page.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_this_run_landed_is_the_last_even_beside_a_run_of_the_same_second() {
    land("20261120T010000Z-ffffffff", "before");
    Landing landing = landing("20261120T010000Z-00000000");

    LandedDay now =
        landing.land(new Shop(List.of("now"), false), DAY, landing.last(DAY), Optional.of("data"));

    assertEquals(Optional.of(now), landing.last(DAY));
    FetchRequest actions = new FetchRequest(STREAM.typedAs("lines"), ACCOUNT, DAY.date());
    assertEquals(Optional.of(now), landing.last(actions), "of a stream that types its pages too");
  }

  private LandedDay land(String run, String... pages) {
    Landing landing = landing(run);
    return landing.land(
        new Shop(List.of(pages), false), DAY, landing.last(DAY), Optional.of("data"));
  }

  private Landing landing(String run) {
    return landing(run, NIGHT);
  }

  private Landing landing(String run, Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return new Landing(Storage.landing(Sites.below(home)), run, clock);
  }

  private static String unpacked(Path file) throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private long files(String prefix) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(f -> f.getFileName().toString().startsWith(prefix)).count();
    }
  }
}
