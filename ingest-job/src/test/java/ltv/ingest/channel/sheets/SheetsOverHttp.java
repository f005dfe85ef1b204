package ltv.ingest.channel.sheets;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.Assertions;

/** The connector of one sheet, over a server that plays Google. */
public final class SheetsOverHttp implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");
  static final String TOKEN = "/token";
  static final String SHEET = "/v4/spreadsheets/1AbC";
  static final String VALUES = SHEET + "/values:batchGet";
  static final String EMAIL = "ltv@test.iam.gserviceaccount.com";

  /** A key that opens nothing. */
  static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQC7knhboK4j815k
      qQKhDck+l3x0/RQ27R0UzuwqIdZ5/0PI2PuiBGbz647v/IawLExhDOvpPZOjXtnh
      dQbMvApvORdGAr6tl84C0asS6iozh8IlBp/oOSqypNFLMHTL0bMgjImVUzSMhIEs
      dvwzhaa3yCbUdJ0NBCXY/q0AdzTGKCdDYWio2hXft54RnSnIyXGCXV5ss0xcHBLp
      rAn7KakofRi+VSo+RIJQyBM9RbjV0EaPA2FNSghR6Sd8EFfXluqit51DcNBnxPOg
      yLRQ2xEjB8wVExNcwfGS14iJVtmJ6GkVjpEZV/Y+cWROAXFv2fydp+FfMkC5iQWK
      R+kSV8oLAgMBAAECggEAB0v/5aSfEaP2kJjoksZcBVTUUSLFRgu8XWJdWpg9ZTqS
      cv5J77gXHzcTNO/Qd4sJn57mkIjGNQ1MEZLBZHaOO1xvtNgHfe5RY9evPYmhgaau
      3UzgLKMIr7FsuO2WJZWvT71X3tjBSxQeiFHKpuB0p2KgbBRrRaXbKRFjPojkoy68
      o+a0dqtfYwIgr466D0+ogS9qbVJxgQZqrkd1vj6rs0LwcJqbcT4NF3RFVouYLSLG
      JSIoH2NxaMjvYAmlP/rWZbmpYaoddzJLpJ5MIeHkDeXsZ2YM8VxUVyskHvklguWw
      ce8mgaFbzNkVSdFqFZkxz2W2zLKzo5fydW5wrbjeJQKBgQDkYxXRrEad/gov1JGL
      wqBWrg3O19Mmefu+1MC7wBqjp/N+Xp3UUgdE3cEl9lZrKv+28iTlRSueH5yKVOae
      sv1pJEtgFNSood10CLfOKUenPgtlKL1KEEgGS+yMe+j5Tcf3vgOn53cqcMejwyu3
      u6yB/raE1TCdG5Tw/gabgmmt3wKBgQDSQBqNXBWL00RUg7Gi8MA+PYAMa3f89/lM
      OtxXjGai54vKt8XKULOxRhtH96qZdH8y/fy7o1lToZI7wZgluc2IEIQgVMROmeXO
      uilssDvpPOYUjZnhqFNkEprtYX9Mhk+aGMaPv/l0RhGQdHkOGUOt3zQ3S4zTiLUq
      wEdRD3LRVQKBgGFaW1KlPPTb9TuuQNxyeiZ4yyoAleEw3j7aMc3WdYSNcx3K9zwq
      Oy7/1/V2rB/ClH5HebLBaXZdwzy0NBox8hN/hSHPv1aiqONtU+xtbD2+FN1qIEYR
      6qHEe3Dm4Mhkf3j7ZlOMNx/AM1l7OId5WG+RQ/wbZD2UJEkV/3sKfEHBAoGAJEl6
      C7G76kERRwDftL6Wf2d/5STbNabauQRjqRyLTkxmPRuQoIVjLhJqfPZK1Gdd2MAr
      UXs03JFDOtsD1mcGCRjIpQfcRbCcEBzjL2YPQQcIsr1ptJ+nnNr1MEkmfl+j93WV
      N5QripzZRTRE/GDx5F1klrKMYKn0kqdS57Oh3m0CgYAXiI5INfcDgGzu6OfEEHjP
      008aSfvD86q7epjaHJsJ2sBioVL+QF8vNBEqx/hOAGGlZrTj+nLTJwh+vr9dkYlW
      +XJsfaFEonYbn4qeID90CDcHOjdD0sY7lmwmpq1JAL3CP+2IikF9UI6bkfy24pbw
      AB+T3ZsK6D3kEdx6a0vOvg==
      -----END PRIVATE KEY-----
      """;

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final SheetsConnector connector;
  CollectedPages sink = new CollectedPages();

  SheetsOverHttp() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    SheetsConfig config =
        new SheetsConfig(
            server.address(),
            null,
            keyFile(server.address() + TOKEN),
            Map.of("campaign_guide", new SheetsConfig.Tab("1AbC", "KR's guide", Map.of())));
    connector =
        new SheetsConnector(
            config, CollectedPages.transport(pauses, clock), clock, ZoneId.of("Asia/Seoul"));
  }

  /** A key file that asks for its tokens here. */
  public static Secret keyFile(String tokenUrl) {
    return new Secret(
        new ObjectMapper()
            .createObjectNode()
            .put("type", "service_account")
            .put("private_key_id", "key-1")
            .put("private_key", KEY)
            .put("client_email", EMAIL)
            .put("token_uri", tokenUrl)
            .toString());
  }

  static Answer recorded(String file) {
    return Answer.recorded(200, "google_sheets/" + file);
  }

  static Answer token(int n) {
    return Answer.of(200, recorded("token.json").body().replace("access-1", "access-" + n));
  }

  static Answer error(int status, String state, String message) {
    return Answer.of(
        status,
        "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\"}}"
            .formatted(status, message, state));
  }

  void fetch() {
    fetch(DAY);
  }

  void fetch(LocalDate day) {
    ChannelStream stream = connector.streams().get(0);
    connector.fetch(new FetchRequest(stream, stream.accounts().get(0), day), sink);
  }

  /** Fetches, which must fail without telling a token or the key. */
  ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, this::fetch);
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      Assertions.assertFalse(message.contains("access-") || message.contains("MIIE"), message);
    }
    return e;
  }

  @Override
  public void close() {
    server.close();
  }
}
