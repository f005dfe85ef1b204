package ltv.ingest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.api.client.util.PemReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import ltv.config.Problems;
import ltv.config.Secret;
import okhttp3.HttpUrl;

/**
 * A service account as Google's console hands it out: a JSON key file, or that in Base64, which
 * fits on a line. It asks for tokens with a signed statement (RFC 7523; RS256).
 *
 * @param email who it is: what it may read is shared with this address
 * @param tokenUrl where tokens are issued
 */
public record ServiceAccount(String email, String tokenUrl, String keyId, PrivateKey key) {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Duration LIFE = Duration.ofHours(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a key file.
   *
   * @throws IllegalArgumentException when the text is none; it does not repeat the text
   */
  public static ServiceAccount of(Secret keyFile) {
    try {
      JsonNode file = JSON.readTree(plain(keyFile.reveal().strip()));
      PemReader.Section pem =
          PemReader.readFirstSectionAndClose(
              new StringReader(file.path("private_key").asText()), "PRIVATE KEY");
      if (pem == null || !file.hasNonNull("client_email") || !file.hasNonNull("token_uri")) {
        throw new IllegalArgumentException("not the key file of a service account");
      }
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(pem.getBase64DecodedBytes()));
      return new ServiceAccount(
          file.path("client_email").asText(),
          file.path("token_uri").asText(),
          file.path("private_key_id").asText(),
          key);
    } catch (JsonProcessingException | GeneralSecurityException e) {
      throw new IllegalArgumentException("not the key file of a service account");
    } catch (IOException e) {
      throw new IllegalStateException("A text in memory cannot fail to be read", e);
    }
  }

  /**
   * The same, asking for its tokens elsewhere.
   *
   * @param tokenUrl null for what the key file says
   */
  public static ServiceAccount of(Secret keyFile, String tokenUrl) {
    ServiceAccount told = of(keyFile);
    return new ServiceAccount(
        told.email, tokenUrl == null ? told.tokenUrl : tokenUrl, told.keyId, told.key);
  }

  /** Whether a text is what Google's console hands out for a service account. */
  public static boolean isKeyFile(Secret text) {
    try {
      of(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What is wrong with where an account reads and who it is, by the settings' names.
   *
   * @param baseUrl of what it reads
   * @param tokenUrl null for what the key file says
   * @param serviceAccount a key file; null for one that is missing
   */
  public static Problems problems(String baseUrl, String tokenUrl, Secret serviceAccount) {
    return new Problems()
        .check(HttpUrl.parse(baseUrl) != null, "base_url", "must be an http or https address")
        .check(
            tokenUrl == null || HttpUrl.parse(tokenUrl) != null,
            "token_url",
            "must be an http or https address")
        .require("service_account", serviceAccount)
        .check(
            serviceAccount == null || isKeyFile(serviceAccount),
            "service_account",
            "must be the JSON key file of a service account, with client_email, private_key and"
                + " token_uri");
  }

  /**
   * Calls with the account's tokens.
   *
   * @param scope the right that is asked for
   * @param setting the setting that holds the key file, named when it is refused
   */
  public TokenCalls calls(HttpTransport transport, Clock clock, String scope, String setting) {
    TokenEndpoint tokens = new TokenEndpoint(transport, HttpUrl.get(tokenUrl), clock, setting);
    return new TokenCalls(transport, clock, () -> tokens.ask(grant(clock.instant(), scope)));
  }

  private static String plain(String text) {
    return text.startsWith("{")
        ? text
        : new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
  }

  /** What is sent for a token that is good from {@code now} on for an hour. */
  public Map<String, Secret> grant(Instant now, String scope) {
    JsonWebSignature.Header header =
        new JsonWebSignature.Header().setAlgorithm("RS256").setKeyId(keyId);
    header.setType("JWT");
    JsonWebToken.Payload claims =
        new JsonWebToken.Payload()
            .setIssuer(email)
            .setAudience(tokenUrl)
            .setIssuedAtTimeSeconds(now.getEpochSecond())
            .setExpirationTimeSeconds(now.plus(LIFE).getEpochSecond());
    claims.set("scope", scope);
    try {
      String statement =
          JsonWebSignature.signUsingRsaSha256(
              key, GsonFactory.getDefaultInstance(), header, claims);
      return Map.of("grant_type", new Secret(GRANT), "assertion", new Secret(statement));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("An RSA key signs", e);
    }
  }
}
