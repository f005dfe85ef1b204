package ltv.ingest.channel.sheets;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.http.TokenCalls;
import okhttp3.Request;

/**
 * Lets Google's client call through our transport, which owns tokens, retries, waits and sizes:
 * what reaches the client is an answer that was judged good.
 */
final class ClientTransport extends HttpTransport {
  /** Ours to say: what unpacks the body must have asked for it packed. */
  private static final Set<String> OURS = Set.of("accept-encoding", "authorization");

  private final TokenCalls calls;
  private final Failures failures;

  ClientTransport(TokenCalls calls, Failures failures) {
    this.calls = calls;
    this.failures = failures;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    if (!method.equals("GET")) {
      throw new IllegalArgumentException("this connector never sends " + method);
    }
    Request.Builder request = new Request.Builder().url(url);
    return new LowLevelHttpRequest() {
      @Override
      public void addHeader(String name, String value) {
        if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
          request.addHeader(name, value);
        }
      }

      @Override
      public LowLevelHttpResponse execute() throws IOException {
        return new Answered(calls.download(request.build(), failures));
      }
    };
  }

  /** A good answer; its file is gone when its stream is closed. */
  private static final class Answered extends LowLevelHttpResponse {
    private final Download download;
    private final InputStream content;

    Answered(Download download) throws IOException {
      this.download = download;
      this.content =
          new FilterInputStream(Files.newInputStream(download.file())) {
            @Override
            public void close() throws IOException {
              super.close();
              download.close();
            }
          };
    }

    @Override
    public InputStream getContent() {
      return content;
    }

    @Override
    public String getContentEncoding() {
      return null;
    }

    @Override
    public long getContentLength() throws IOException {
      return Files.size(download.file());
    }

    @Override
    public String getContentType() {
      return "application/json; charset=UTF-8";
    }

    @Override
    public String getStatusLine() {
      return "HTTP/1.1 200 OK";
    }

    @Override
    public int getStatusCode() {
      return 200;
    }

    @Override
    public String getReasonPhrase() {
      return "OK";
    }

    @Override
    public int getHeaderCount() {
      return 0;
    }

    @Override
    public String getHeaderName(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public String getHeaderValue(int index) {
      throw new IndexOutOfBoundsException(index);
    }
  }
}
