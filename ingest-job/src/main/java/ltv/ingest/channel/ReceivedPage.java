package ltv.ingest.channel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** A page that an earlier fetch of the same day stored before it was interrupted. */
public interface ReceivedPage {
  /** What was remembered of its request. */
  Map<String, String> facts();

  /** Its bytes as received; to be closed. */
  InputStream open() throws IOException;
}
