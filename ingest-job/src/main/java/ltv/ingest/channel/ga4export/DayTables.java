package ltv.ingest.channel.ga4export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.ReceivedPage;
import ltv.ingest.channel.RowLines;
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.http.TokenCalls;
import ltv.ingest.land.LandedPage;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Tables of BigQuery, read row by row without a query, which would cost money. Rows come by
 * position, and are landed under the names of the table's schema.
 */
final class DayTables {
  private static final String MODIFIED = "modified";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Ga4ExportConfig config;
  private final TokenCalls calls;
  private final Failures failures;
  private final Path scratch;

  DayTables(Ga4ExportConfig config, TokenCalls calls, Failures failures, Path scratch) {
    this.config = config;
    this.calls = calls;
    this.failures = failures;
    this.scratch = scratch;
  }

  /** A table as it was when it was asked about. */
  private record Table(String name, HttpUrl address, JsonNode fields, long rows, String modified) {}

  void read(Ga4ExportConfig.Account property, String day, RawSink sink) {
    Table table = table(property, "events_" + day);
    long seen = 0;
    String next = "";
    for (ReceivedPage page : sink.received()) {
      if (!table.modified.equals(page.facts().get(MODIFIED))) {
        throw changed(table);
      }
      seen += Long.parseLong(page.facts().get(LandedPage.ROWS));
      next = page.facts().get(RawSink.NEXT);
    }
    while (next != null) {
      JsonNode page = ask(rows(table, next));
      if (page.path("totalRows").asLong() != table.rows) {
        throw changed(table);
      }
      next = page.path("pageToken").asText(null);
      seen += store(page, table, next, sink);
    }
    if (seen != table.rows || !table(property, table.name).modified.equals(table.modified)) {
      throw changed(table);
    }
  }

  private static ChannelException changed(Table table) {
    return new ChannelException(
        Kind.RETRY,
        "Google loaded the table %s anew while it was read, or gave other rows than the %d it counts; run the day again."
            .formatted(table.name, table.rows));
  }

  private long store(JsonNode page, Table table, String next, RawSink sink) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("table", table.name);
    facts.put(MODIFIED, table.modified);
    if (next != null) {
      facts.put(RawSink.NEXT, next);
    }
    try (RowLines lines = new RowLines(scratch)) {
      for (JsonNode row : page.path("rows")) {
        lines.add(named(row, table.fields));
      }
      lines.into(sink, facts);
      return lines.rows();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code {"f":[{"v":…},…]}} as an object; what is empty is left out. */
  private static ObjectNode named(JsonNode row, JsonNode fields) {
    ObjectNode named = JSON.createObjectNode();
    int at = 0;
    for (JsonNode cell : row.path("f")) {
      JsonNode field = fields.path(at++);
      JsonNode value = value(cell.path("v"), field);
      if (!value.isNull()) {
        named.set(field.path("name").asText(), value);
      }
    }
    if (at != fields.size()) {
      throw new ChannelException(
          Kind.BUG,
          "BigQuery gives %d values where the schema has %d".formatted(at, fields.size()));
    }
    return named;
  }

  private static JsonNode value(JsonNode value, JsonNode field) {
    if (field.path("mode").asText().equals("REPEATED")) {
      ArrayNode all = JSON.createArrayNode();
      value.forEach(item -> all.add(one(item.path("v"), field)));
      return all;
    }
    return one(value, field);
  }

  private static JsonNode one(JsonNode value, JsonNode field) {
    return field.has("fields") && !value.isNull() ? named(value, field.path("fields")) : value;
  }

  private Table table(Ga4ExportConfig.Account property, String name) {
    HttpUrl address = dataset(property).addPathSegments("tables/" + name).build();
    JsonNode table = ask(address);
    return new Table(
        name,
        address,
        table.path("schema").path("fields"),
        table.path("numRows").asLong(),
        table.path("lastModifiedTime").asText());
  }

  private HttpUrl rows(Table table, String token) {
    HttpUrl.Builder rows =
        table
            .address
            .newBuilder()
            .addPathSegment("data")
            .addQueryParameter("maxResults", "" + config.pageLimit());
    return token.isEmpty() ? rows.build() : rows.addQueryParameter("pageToken", token).build();
  }

  private HttpUrl.Builder dataset(Ga4ExportConfig.Account property) {
    return HttpUrl.get(config.baseUrl())
        .newBuilder()
        .addPathSegments("bigquery/v2/projects")
        .addPathSegment(property.project())
        .addPathSegment("datasets")
        .addPathSegment(property.dataset());
  }

  private JsonNode ask(HttpUrl address) {
    try (Download answer = calls.download(new Request.Builder().url(address).build(), failures)) {
      return JSON.readTree(answer.file().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String examine(Ga4ExportConfig.Account property) {
    HttpUrl tables =
        dataset(property).addPathSegment("tables").addQueryParameter("maxResults", "1").build();
    return "%d tables".formatted(ask(tables).path("totalItems").asLong());
  }
}
