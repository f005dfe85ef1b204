package ltv.sandbox.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Market;

/**
 * Naver Search Ad: every call signed, reports as jobs that are built a look later, files of tabs
 * without a header. Cost has VAT, as all data dates since 2026-03-30 have.
 */
public final class NaverServer extends LocalServer {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** So many calls are answered before one is told to slow down. */
  private static final int CALLS_IN_A_ROW = 397;

  private static final int MOST_MASTER_REPORTS = 100;

  /** Whose campaigns they are, and the licence that may ask for them. */
  public record Licence(String customer, String apiKey, String secretKey) {}

  /** One report that was ordered. */
  private static final class Job {
    private final boolean master;
    private final String report;
    private final String day;
    private boolean built;

    Job(boolean master, String report, String day) {
      this.master = master;
      this.report = report;
      this.day = day;
    }
  }

  private final ByDay<AdDay> ads = new ByDay<>();
  private final List<Campaign> campaigns;
  private final Licence licence;
  private final NaverRows rows;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger ids = new AtomicInteger(1_102_594_000);

  /** A server over a market; port 0 takes a free one. */
  public NaverServer(Market market, int port, Licence licence) {
    super(port);
    this.licence = licence;
    this.rows = new NaverRows(licence.customer);
    this.campaigns = Campaign.of(Campaign.NAVER, market);
    market.ads().stream()
        .filter(ad -> ad.campaign().channel().equals(Campaign.NAVER))
        .forEach(ad -> ads.add(ad.day(), ad));
  }

  @Override
  synchronized Answer answer(Asked asked) {
    if (!asked.header("X-Customer").equals(licence.customer)
        || !asked.header("X-API-KEY").equals(licence.apiKey)) {
      return problem("Invalid API-KEY");
    }
    String text = asked.header("X-Timestamp") + "." + asked.method() + "." + asked.path();
    if (!asked.header("X-Signature").equals(signature(text))) {
      return problem("Invalid Signature");
    }
    if (calls.incrementAndGet() % CALLS_IN_A_ROW == 0) {
      return Answer.json(429, "{\"code\":1016,\"status\":429,\"title\":\"Too Many Requests\"}");
    }
    String[] path = asked.path().substring(1).split("/");
    return switch (path[0]) {
      case "stat-reports", "master-reports" -> reports(asked, path);
      case "report-download" -> download(asked.get("authtoken"));
      case "ncc" ->
          Answer.json(
              200, JSON.valueToTree(campaigns.stream().map(this::listed).toList()).toString());
      default -> error(404, 1001, "not found");
    };
  }

  private Answer reports(Asked asked, String[] path) {
    boolean master = path[0].equals("master-reports");
    if (path.length == 1) {
      return asked.method().equals("POST") ? order(master, read(asked.body())) : list(master);
    }
    Job job = jobs.get(path[1]);
    if (job == null) {
      return error(404, 20011, "no such report");
    }
    if (asked.method().equals("DELETE")) {
      jobs.remove(path[1]);
      return new Answer(204, Map.of(), "");
    }
    job.built = true;
    return Answer.json(200, told(path[1], job).toString());
  }

  private Answer order(boolean master, JsonNode order) {
    if (master && jobs.values().stream().filter(j -> j.master).count() >= MOST_MASTER_REPORTS) {
      return error(400, 1014, "limit exceeded");
    }
    Job job =
        new Job(
            master,
            order.path(master ? "item" : "reportTp").asText(),
            order.path("statDt").asText());
    String id = (master ? "M" : "") + ids.incrementAndGet();
    jobs.put(id, job);
    return Answer.json(200, told(id, job).toString());
  }

  private Answer list(boolean master) {
    ArrayNode list = JSON.createArrayNode();
    jobs.forEach(
        (id, job) -> {
          if (job.master == master) {
            list.add(told(id, job));
          }
        });
    return Answer.json(200, list.toString());
  }

  private ObjectNode told(String id, Job job) {
    ObjectNode told = JSON.createObjectNode();
    String status = !job.built ? "REGIST" : rows(job).isEmpty() ? "NONE" : "BUILT";
    told.put(job.master ? "id" : "reportJobId", id);
    told.put(job.master ? "item" : "reportTp", job.report);
    told.put("statDt", job.day).put("status", status).put("updateTm", "2026-11-20T00:00:00.000Z");
    String address = address() + "/report-download?authtoken=" + id + "&fileVersion=v2";
    return told.put("downloadUrl", status.equals("BUILT") ? address : "");
  }

  private Answer download(String id) {
    Job job = jobs.get(id);
    return job == null
        ? error(404, 20011, "no such report")
        : Answer.text(200, rows(job).stream().map(r -> r + "\n").collect(Collectors.joining()));
  }

  private List<String> rows(Job job) {
    if (job.master) {
      return rows.master(job.report, campaigns);
    }
    LocalDate day = LocalDate.parse(job.day, DateTimeFormatter.BASIC_ISO_DATE);
    return ads.between(day, day).stream().flatMap(ad -> rows.of(job.report, ad)).toList();
  }

  private Map<String, String> listed(Campaign campaign) {
    return Map.of("nccCampaignId", campaign.id(), "name", campaign.name());
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(licence.secretKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Answer problem(String title) {
    return Answer.json(
        403,
        "{\"status\":403,\"title\":\"" + title + "\",\"type\":\"urn:naver:api:problem:auth\"}");
  }

  private static Answer error(int status, int code, String message) {
    return Answer.json(
        status, "{\"code\":%d,\"status\":%d,\"title\":\"%s\"}".formatted(code, status, message));
  }
}
