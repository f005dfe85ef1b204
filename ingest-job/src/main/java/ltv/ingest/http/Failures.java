package ltv.ingest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import okhttp3.Headers;

/** What a channel's answers mean. Each channel has its own table. */
@FunctionalInterface
public interface Failures {
  /** How much of a body is judged; a longer one is seen cut off here. */
  int JUDGED_BYTES = 1 << 16;

  /**
   * Judges one answer.
   *
   * @param status the HTTP status
   * @param headers of the answer
   * @param body its beginning as text, {@link #JUDGED_BYTES} at most; a source may put an error
   *     into a 200
   * @return empty when the answer is what was asked for
   */
  Optional<ChannelException> judge(int status, Headers headers, String body);

  /**
   * Judges the whole body of an answer that {@link #judge} found nothing wrong with: for sources
   * whose announced length says nothing, and for errors that come after rows.
   *
   * @return empty when it is whole
   */
  default Optional<ChannelException> judgeWhole(Path body) throws IOException {
    return Optional.empty();
  }

  /** A body as JSON; missing for one that is none: a page of a proxy between us, or a cut one. */
  static JsonNode json(String body) {
    try {
      return new ObjectMapper().readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
