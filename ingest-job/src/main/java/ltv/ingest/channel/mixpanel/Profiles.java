package ltv.ingest.channel.mixpanel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.ReceivedPage;
import ltv.ingest.http.CallMeter;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.land.LandedPage;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * The profiles of a project, page by page of one session, which holds them as they were when the
 * first page was asked for. The first page says how many there are.
 */
final class Profiles {
  private static final String PAGE = "page";
  private static final String SESSION = "session_id";
  private static final String TOTAL = "total";

  private final MixpanelConfig config;
  private final HttpTransport transport;

  Profiles(MixpanelConfig config, HttpTransport transport) {
    this.config = config;
    this.transport = transport;
  }

  /** Fetches all, or what is left of a session that was cut off. */
  void fetch(FetchRequest request, RawSink sink) {
    List<ReceivedPage> received = sink.received();
    Map<String, String> last =
        received.isEmpty() ? Map.of() : received.get(received.size() - 1).facts();
    long rows =
        received.stream().mapToLong(p -> Long.parseLong(p.facts().get(LandedPage.ROWS))).sum();
    boolean more = received.isEmpty() || last.containsKey(RawSink.NEXT);
    while (more) {
      last = page(request, last, sink);
      rows += Long.parseLong(last.get(LandedPage.ROWS));
      more = last.containsKey(RawSink.NEXT);
    }
    if (rows != Long.parseLong(last.get(TOTAL))) {
      throw new ChannelException(
          Kind.RETRY,
          "Mixpanel gave %d profiles of project %s, and said there are %s."
              .formatted(rows, request.account().id(), last.get(TOTAL)));
    }
  }

  /** Stores the page behind another one; returns its facts. */
  private Map<String, String> page(FetchRequest request, Map<String, String> before, RawSink sink) {
    int number = before.isEmpty() ? 0 : Integer.parseInt(before.get(PAGE)) + 1;
    HttpUrl address =
        HttpUrl.get(config.queryUrl())
            .newBuilder()
            .addPathSegments("api/query/engage")
            .addQueryParameter("project_id", request.account().id())
            .build();
    FormBody.Builder form = new FormBody.Builder().add(PAGE, "" + number);
    if (!before.isEmpty()) {
      form.add(SESSION, before.get(SESSION));
    }
    Request call =
        new Request.Builder()
            .url(address)
            .header("Authorization", config.authorization())
            .post(form.build())
            .tag(CallMeter.Counted.class, new CallMeter.Counted(MixpanelReport.PROFILE.api()))
            .build();
    Answer answer = new Answer();
    try (Download download = transport.download(call, answer);
        InputStream body = Files.newInputStream(download.file())) {
      Map<String, String> facts = new TreeMap<>();
      facts.put("path", address.encodedPath());
      facts.put(PAGE, "" + number);
      facts.put(SESSION, answer.root.path(SESSION).asText());
      facts.put(TOTAL, before.getOrDefault(TOTAL, answer.root.path(TOTAL).asText("0")));
      facts.put(LandedPage.ROWS, "" + answer.root.path("results").size());
      if (answer.root.path("results").size() >= answer.root.path("page_size").asInt()) {
        facts.put(RawSink.NEXT, "behind page " + number);
      }
      sink.page("json", facts, body);
      return facts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Judges a page when it is whole, and keeps what it says. */
  private static final class Answer extends MixpanelFailures {
    private static final ObjectMapper JSON = new ObjectMapper();
    private JsonNode root = MissingNode.getInstance();

    @Override
    Optional<ChannelException> judgeAnswer(String body) {
      return Optional.empty();
    }

    @Override
    public Optional<ChannelException> judgeWhole(Path body) throws IOException {
      try {
        root = JSON.readTree(body.toFile());
      } catch (JsonProcessingException e) {
        return Optional.of(notWhole("no JSON"));
      }
      return root.path("status").asText().equals("ok") && root.path("results").isArray()
          ? Optional.empty()
          : Optional.of(notWhole(root.path("error").asText("no results")));
    }
  }
}
