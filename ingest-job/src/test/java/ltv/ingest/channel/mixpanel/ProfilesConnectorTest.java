package ltv.ingest.channel.mixpanel;

import static ltv.ingest.channel.mixpanel.MixpanelOverHttp.ENGAGE;
import static ltv.ingest.channel.mixpanel.MixpanelOverHttp.ME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfilesConnectorTest {
  private final MixpanelOverHttp mixpanel = new MixpanelOverHttp();

  @BeforeEach
  void known() {
    mixpanel.server.always(ME, a -> MixpanelOverHttp.recorded("me.json"));
  }

  @AfterEach
  void stop() {
    mixpanel.close();
  }

  /** A page of two, as it is when there are so many in all. */
  private static Answer page(int number, int total, String... ids) {
    String results =
        String.join(
            ",",
            List.of(ids).stream()
                .map(id -> "{\"$distinct_id\":\"%s\",\"$properties\":{}}".formatted(id))
                .toList());
    return Answer.of(
        200,
        "{\"page\":%d,\"page_size\":2,\"session_id\":\"s-1\",\"status\":\"ok\",\"total\":%d,\"results\":[%s]}"
            .formatted(number, total, results));
  }

  private void fetch() {
    fetch(mixpanel.sink);
  }

  private void fetch(CollectedPages sink) {
    mixpanel.fetch(mixpanel.connector(null), "profile", sink);
  }

  private List<String> asked() {
    return mixpanel.server.asked().stream()
        .filter(a -> a.path().equals(ENGAGE))
        .map(ProfilesConnectorTest::said)
        .toList();
  }

  private static String said(Asked a) {
    return a.method()
        + " "
        + a.parameter("project_id")
        + " "
        + a.parameter("page")
        + " "
        + a.parameter("session_id");
  }

  @Test
  void pages_of_one_session_are_followed_until_one_is_not_full() {
    mixpanel.server.on(ENGAGE, page(0, 5, "a", "b"), page(1, 9, "c", "d"), page(2, 9, "e"));

    fetch();

    assertEquals(List.of("POST 2718281 0 ", "POST 2718281 1 s-1", "POST 2718281 2 s-1"), asked());
    assertEquals(3, mixpanel.sink.pages().size());
  }

  @Test
  void a_project_without_a_profile_is_one_empty_page() {
    mixpanel.server.on(ENGAGE, page(0, 0));

    fetch();

    assertEquals("0", mixpanel.sink.pages().get(0).facts().get("rows"));
  }

  @Test
  void fewer_than_the_first_page_announced_is_no_whole_list() {
    mixpanel.server.on(ENGAGE, page(0, 5, "a", "b"), page(1, 5, "c"));

    ChannelException e = assertThrows(ChannelException.class, this::fetch);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("gave 3 profiles of project 2718281, and said there are 5"));
  }

  @Test
  void a_second_page_that_fails_leaves_the_first_to_go_on_from() {
    mixpanel.server.on(ENGAGE, page(0, 3, "a", "b"), Answer.of(401, "no"));
    assertThrows(ChannelException.class, this::fetch);

    CollectedPages again = new CollectedPages(mixpanel.sink.pages());
    mixpanel.server.on(ENGAGE, page(1, 3, "c"));
    fetch(again);

    assertEquals(2, again.pages().size());
    assertEquals("POST 2718281 1 s-1", asked().get(2));
  }

  @Test
  void a_passing_fault_is_tried_again() {
    mixpanel.server.on(
        ENGAGE,
        Answer.of(500, "a fault"),
        Answer.of(200, "<html>"),
        Answer.of(200, "{\"error\":\"busy\"}"),
        page(0, 1, "a"));

    fetch();

    assertEquals(3, mixpanel.pauses.wanted().size());
    assertEquals(1, mixpanel.sink.pages().size());
  }

  @Test
  void a_plan_without_it_is_told_how_to_leave_it_out() {
    mixpanel.server.on(ENGAGE, Answer.of(402, "upgrade"));

    ChannelException e = assertThrows(ChannelException.class, this::fetch);

    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("channels.mixpanel.reports"), e.getMessage());
  }
}
