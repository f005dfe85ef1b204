package ltv.ingest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "https://a.example/x?access_token=t1&after=c#https://a.example/x?access_token=***&after=c",
        "https://a.example/x?after=c&appsecret_proof=0a1b#https://a.example/x?after=c&appsecret_proof=***",
        "access_token%3Dt1 said#access_token%3D*** said",
        "{\"access_token\":\"t1\",\"id\":\"7\"}#{\"access_token\":\"***\",\"id\":\"7\"}",
        "{\"access_token\" : \"t1\"}#{\"access_token\" : \"***\"}",
        "{\"next\":\"x?access_token=t1\\u0026after=c\"}#{\"next\":\"x?access_token=***\\u0026after=c\"}",
        "Authorization: Bearer ab.c-d_e~f+g/h=#Authorization: Bearer ***",
        "authorization: bearer t1, 7#authorization: bearer ***, 7",
        "Error validating access token: Session has expired#Error validating access token: Session has expired",
        "a sentence about tokens#a sentence about tokens"
      })
  void a_text_keeps_everything_but_the_token(String text, String kept) {
    assertEquals(kept, Redaction.of(text));
  }
}
