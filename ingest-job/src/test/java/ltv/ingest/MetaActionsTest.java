package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A stream that types the pages of another one: two datasets, one fetch. */
@ResourceLock("facebook-sdk")
@ResourceLock(Resources.SYSTEM_OUT)
class MetaActionsTest {
  private static final String INSIGHTS = "src_meta__insights";
  private static final String ACTIONS = "src_meta__action";
  private static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  private static final Answer GONE =
      Answer.of(400, "{\"error\":{\"code\":10,\"message\":\"not yours\"}}");

  @TempDir private Path folder;
  private final FakeApiServer server = new FakeApiServer();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        site: actions
        home: %s
        channels:
          meta:
            base_url: %s
            api_version: v26.0
            access_token: token-of-the-test
            reports: [action, insights]
            accounts: [{id: "1", timezone: Asia/Seoul}, {id: "2", timezone: Asia/Seoul}]
        """
            .formatted(folder.resolve("home"), server.address()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void one_fetch_fills_both_and_the_actions_name_its_pages_as_their_source() {
    answers(purchases(5), purchases(2));

    assertEquals(0, run("run").exit());

    assertEquals(2, server.asked().size(), "one call per account");
    assertEquals(2, entry(INSIGHTS).orElseThrow().rowsOut());
    LedgerEntry actions = entry(ACTIONS).orElseThrow();
    assertEquals(4, actions.rowsOut(), "two windows of each account's ad");
    assertEquals(2, actions.rowsIn());
    assertEquals(entry(INSIGHTS).orElseThrow().sources(), actions.sources());
  }

  @Test
  void a_second_run_finds_the_actions_unchanged_and_a_moved_one_moves_what_holds_it() {
    answers(purchases(5), purchases(2));
    run("run");
    String before = entry(ACTIONS).orElseThrow().content();
    LedgerEntry insights = entry(INSIGHTS).orElseThrow();

    assertEquals(0, run("run").exit());
    assertEquals(before, entry(ACTIONS).orElseThrow().content());

    answers(purchases(6), purchases(2));
    assertEquals(0, run("run").exit());
    assertTrue(!before.equals(entry(ACTIONS).orElseThrow().content()), "they follow the pages");
    assertEquals(insights, entry(INSIGHTS).orElseThrow(), "they hold no action");
  }

  @Test
  void the_actions_alone_are_typed_from_what_has_landed_and_call_nobody() {
    answers(purchases(5), purchases(2));
    run("run", "--dataset", INSIGHTS);
    int asked = server.asked().size();

    assertEquals(0, run("run", "--dataset", ACTIONS).exit());

    assertEquals(asked, server.asked().size());
    assertEquals(4, entry(ACTIONS).orElseThrow().rowsOut());
    assertEquals(0, run("verify").exit(), "the landed bytes give the same again");
  }

  @Test
  void nothing_landed_is_no_empty_day() {
    Ended ended = run("run", "--dataset", ACTIONS);

    assertEquals(66, ended.exit(), ended.out());
    assertTrue(ended.out().contains("nothing of insights has landed of the day"), ended.out());
    assertEquals(List.of(), server.asked());
    assertEquals(Optional.empty(), entry(ACTIONS));
  }

  @Test
  void an_account_that_never_answered_is_missing_by_name_in_both() {
    answers(purchases(5), GONE);

    assertEquals(77, run("run").exit());

    assertEquals(2, entry(ACTIONS).orElseThrow().rowsOut());
    assertEquals(
        List.of(ACTIONS + "/2026-03-14/account=2"), entry(ACTIONS).orElseThrow().missing());
  }

  private static Answer purchases(int n) {
    return Answer.of(
        200,
        """
        {"data":[{"account_id":"1","account_currency":"KRW","campaign_id":"c","adset_id":"s","ad_id":"a","spend":"7",
          "date_start":"2026-03-14","date_stop":"2026-03-14","actions":[{"action_type":"purchase","value":"%d","7d_click":"1"}]}]}"""
            .formatted(n));
  }

  private void answers(Answer one, Answer two) {
    server.always("/v26.0/act_1/insights", asked -> one);
    server.always("/v26.0/act_2/insights", asked -> two);
  }

  private Ended run(String command, String... flags) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of(flags));
    args.addAll(List.of("--config", folder.resolve("site.yaml").toString()));
    args.addAll(List.of("--from", DAY.toString(), "--to", DAY.toString()));
    return Ended.run(args.toArray(String[]::new));
  }

  private Optional<LedgerEntry> entry(String dataset) {
    try (Lake lake = Lake.open(Sites.below(folder.resolve("home")))) {
      return lake.existing(Repository.datasets().get(dataset).table())
          .map(LakeTable::pin)
          .map(pin -> pin.published().get(Partition.of(DAY)));
    }
  }
}
