package ltv.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import ltv.sandbox.server.LocalServer.Answer;
import ltv.sandbox.server.LocalServer.Asked;

/** Google's token endpoint: tokens for a statement that the service account signed. */
final class ServiceAccountKey {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  private final JsonNode keyFile;
  private final String scope;

  /**
   * The key of an account.
   *
   * @param scope how the right that is granted ends
   */
  ServiceAccountKey(String keyFile, String scope) {
    this.keyFile = LocalServer.json(keyFile);
    this.scope = scope;
  }

  /** A new token for who may have one. */
  Answer token(Asked asked, TokenDesk tokens) {
    return asked.get("grant_type").equals(GRANT) && signed(asked.get("assertion"))
        ? Answer.json(
            200,
            "{\"access_token\":\"%s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
                .formatted(tokens.issue()))
        : Answer.json(400, "{\"error\":\"invalid_grant\"}");
  }

  private boolean signed(String statement) {
    String[] parts = statement.split("\\.");
    try {
      byte[] der =
          Base64.getMimeDecoder()
              .decode(keyFile.path("private_key").asText().replaceAll("-----[A-Z ]+-----", ""));
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(der));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(
          rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      JsonNode claims =
          LocalServer.json(
              new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          && claims.path("iss").equals(keyFile.path("client_email"))
          && claims.path("scope").asText().endsWith(scope);
    } catch (GeneralSecurityException
        | IllegalArgumentException
        | ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }
}
