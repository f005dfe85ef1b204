package ltv.sandbox.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;

/**
 * The Marketing API's insights: direct and as a report job, paged by cursor, guarded by token and
 * proof. Numbers are texts, what is zero is absent, and a repeated row falls on the next page.
 */
public final class MetaServer extends LocalServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("/v\\d+\\.\\d+/(act_\\d+|\\d+)(/insights)?/?");
  private static final Set<String> FIELDS =
      Set.of(
          "account_id",
          "account_currency",
          "campaign_id",
          "campaign_name",
          "adset_id",
          "adset_name",
          "ad_id",
          "ad_name",
          "impressions",
          "clicks",
          "inline_link_clicks",
          "reach",
          "spend",
          "actions",
          "action_values",
          "attribution_setting",
          "date_start",
          "date_stop");
  private static final int POLLS_UNTIL_DONE = 3;

  private final Map<String, ByDay<AdDay>> accounts = new TreeMap<>();
  private final Dirt dirt;
  private final String token;
  private final String proof;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();

  private static final class Job {
    private final String account;
    private final Map<String, String> parameters;
    private int polls;

    Job(String account, Map<String, String> parameters) {
      this.account = account;
      this.parameters = parameters;
    }
  }

  /**
   * A server over a market.
   *
   * @param port 0 for a free one
   * @param appSecret proof of it is demanded
   */
  public MetaServer(Market market, Dirt dirt, int port, String token, String appSecret) {
    super(port);
    market.campaigns().stream()
        .filter(c -> c.channel().equals(Campaign.META))
        .forEach(c -> accounts.putIfAbsent(c.account(), new ByDay<>()));
    market.ads().stream()
        .filter(ad -> ad.campaign().channel().equals(Campaign.META))
        .forEach(ad -> accounts.get(ad.campaign().account()).add(ad.day(), ad));
    this.dirt = dirt;
    this.token = token;
    this.proof = hmac(appSecret, token);
  }

  private static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  Answer answer(Asked asked) {
    if (!asked.get("access_token").equals(token)) {
      return error(190, 0, "Error validating access token: the session is invalid.");
    }
    if (!asked.get("appsecret_proof").equals(proof)) {
      return error(100, 0, "Invalid appsecret_proof provided in the API argument");
    }
    Matcher path = PATH.matcher(asked.path());
    if (!path.matches()) {
      return error(100, 33, "Unsupported request to " + asked.path());
    }
    String id = path.group(1);
    if (id.startsWith("act_")) {
      String account = id.substring("act_".length());
      if (!accounts.containsKey(account)) {
        return error(100, 33, "Object with ID '" + id + "' does not exist or is not visible");
      }
      return asked.method().equals("POST")
          ? startJob(account, asked.parameters())
          : insights(account, asked, asked.parameters());
    }
    Job job = jobs.get(id);
    if (job == null) {
      return error(100, 33, "Object with ID '" + id + "' does not exist");
    }
    return path.group(2) == null ? poll(id, job) : insights(job.account, asked, job.parameters);
  }

  private Answer startJob(String account, Map<String, String> parameters) {
    String id = "60239201" + "%08d".formatted(jobs.size() + 1);
    jobs.put(id, new Job(account, parameters));
    return Answer.json(200, "{\"report_run_id\":\"" + id + "\"}");
  }

  private static Answer poll(String id, Job job) {
    job.polls++;
    boolean done = job.polls >= POLLS_UNTIL_DONE;
    String status = done ? "Job Completed" : job.polls == 1 ? "Job Not Started" : "Job Running";
    return Answer.json(
        200,
        "{\"id\":\"%s\",\"async_status\":\"%s\",\"async_percent_completion\":%d}"
            .formatted(id, status, done ? 100 : job.polls * 30));
  }

  private Answer insights(String account, Asked asked, Map<String, String> report) {
    List<String> fields =
        List.of(
            report
                .getOrDefault("fields", "impressions,spend")
                .replaceAll("[\\[\\]\"\\s]", "")
                .split(","));
    for (String field : fields) {
      if (!FIELDS.contains(field)) {
        return error(100, 0, "(#100) " + field + " is not valid for fields param.");
      }
    }
    try {
      JsonNode range = JSON.readTree(report.getOrDefault("time_range", ""));
      LocalDate since = LocalDate.parse(range.path("since").asText());
      LocalDate until = LocalDate.parse(range.path("until").asText());
      return page(rows(account, since, until, fields), asked);
    } catch (JsonProcessingException | java.time.DateTimeException e) {
      return error(100, 0, "(#100) Param time_range must be a valid time range.");
    }
  }

  private List<ObjectNode> rows(
      String account, LocalDate since, LocalDate until, List<String> fields) {
    List<ObjectNode> rows = new ArrayList<>();
    List<ObjectNode> again = new ArrayList<>();
    for (AdDay ad : accounts.get(account).between(since, until)) {
      rows.add(row(ad, fields));
      if (dirt.repeated(ad)) {
        again.add(row(ad, fields));
      }
    }
    // a repeat comes at the end, where another page begins when the limit is small
    rows.addAll(again);
    return rows;
  }

  private static ObjectNode row(AdDay ad, List<String> fields) {
    ObjectNode row = JSON.createObjectNode();
    row.put("date_start", ad.day().toString()).put("date_stop", ad.day().toString());
    put(row, fields, "account_id", ad.campaign().account());
    put(row, fields, "account_currency", "KRW");
    put(row, fields, "campaign_id", ad.campaign().id());
    put(row, fields, "campaign_name", ad.campaign().nameOn(ad.day()));
    put(row, fields, "adset_id", ad.ad().adSetId());
    put(row, fields, "adset_name", ad.ad().adSetName());
    put(row, fields, "ad_id", ad.ad().id());
    put(row, fields, "ad_name", ad.ad().name());
    putNumber(row, fields, "impressions", ad.impressions());
    putNumber(row, fields, "clicks", ad.clicks());
    putNumber(row, fields, "inline_link_clicks", ad.linkClicks());
    putNumber(row, fields, "reach", ad.reach());
    putNumber(row, fields, "spend", ad.spend());
    if (fields.contains("actions") && ad.linkClicks() > 0) {
      row.putArray("actions")
          .addObject()
          .put("action_type", "link_click")
          .put("value", "" + ad.linkClicks());
    }
    return row;
  }

  private static void put(ObjectNode row, List<String> fields, String name, String value) {
    if (fields.contains(name)) {
      row.put(name, value);
    }
  }

  private static void putNumber(ObjectNode row, List<String> fields, String name, long value) {
    if (value != 0) {
      put(row, fields, name, "" + value);
    }
  }

  private Answer page(List<ObjectNode> rows, Asked asked) {
    int limit = asked.get("limit").isEmpty() ? 25 : Integer.parseInt(asked.get("limit"));
    String after = asked.get("after");
    int start =
        after.isEmpty()
            ? 0
            : Integer.parseInt(
                new String(Base64.getDecoder().decode(after), StandardCharsets.UTF_8));
    int end = Math.min(rows.size(), start + limit);
    ObjectNode body = JSON.createObjectNode();
    ArrayNode data = body.putArray("data");
    rows.subList(Math.min(start, end), end).forEach(data::add);
    if (end > start) {
      ObjectNode paging = body.putObject("paging");
      paging.putObject("cursors").put("before", cursor(start)).put("after", cursor(end));
      if (end < rows.size()) {
        paging.put("next", next(asked, cursor(end)));
      }
    }
    return new Answer(
        200,
        Map.of(
            "Content-Type",
            "application/json",
            "X-Business-Use-Case-Usage",
            "{\"1\":[{\"type\":\"ads_insights\",\"call_count\":3,\"estimated_time_to_regain_access\":0}]}"),
        body.toString());
  }

  private static String cursor(int row) {
    return Base64.getEncoder().encodeToString(("" + row).getBytes(StandardCharsets.UTF_8));
  }

  private String next(Asked asked, String cursor) {
    StringBuilder url = new StringBuilder(address() + asked.path() + "?");
    asked
        .parameters()
        .forEach(
            (name, value) -> {
              if (!name.equals("after")) {
                url.append(encode(name)).append('=').append(encode(value)).append('&');
              }
            });
    return url.append("after=").append(encode(cursor)).toString();
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Answer error(int code, int subcode, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", "OAuthException")
        .put("code", code)
        .put("error_subcode", subcode)
        .put("is_transient", false)
        .put("fbtrace_id", "AbCdEf");
    return Answer.json(400, body.toString());
  }
}
