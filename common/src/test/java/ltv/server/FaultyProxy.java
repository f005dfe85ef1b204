package ltv.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire to a local server that breaks when a certain text passes: before the server gets it, or
 * when the server's answer comes back.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final String NOT_YET_AN_ANSWER = "HTTP/1.1 100";

  private final ServerSocket listening;
  private final int target;
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private volatile String text;
  private volatile boolean answerOnly;
  private volatile Runnable accident = () -> {};

  /** A wire to this port of this machine. */
  public FaultyProxy(int target) {
    this.target = target;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Where clients connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** The next {@code times} messages with {@code wanted} do not reach the server. */
  public void loseRequest(String wanted, int times) {
    lose(wanted, times, false);
  }

  /** The next {@code times} messages with {@code wanted} do, but their answer is lost. */
  public void loseAnswer(String wanted, int times) {
    lose(wanted, times, true);
  }

  /** What happens besides, when the wire is cut: for example, that the server is killed. */
  public void alsoThen(Runnable what) {
    accident = what;
  }

  private void lose(String wanted, int times, boolean answer) {
    cuts.set(0);
    answerOnly = answer;
    text = wanted;
    left.set(times);
  }

  /** The wire is whole again; returns how often it was cut. */
  public int heal() {
    left.set(0);
    return cuts.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        AtomicInteger doomed = new AtomicInteger();
        daemon(() -> pump(client, server, doomed, true));
        daemon(() -> pump(server, client, doomed, false));
      } catch (IOException e) {
        // the server is away, or the wire is being taken down: the client sees a broken connection
      }
    }
  }

  private void pump(Socket from, Socket to, AtomicInteger doomed, boolean request) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String said = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        if (request && cut(said)) {
          if (!answerOnly) {
            accident.run();
            return;
          }
          doomed.set(1);
        }
        if (!request && doomed.get() > 0 && !said.startsWith(NOT_YET_AN_ANSWER)) {
          accident.run();
          return;
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // one of the two hung up; closing both is all there is to do
    }
  }

  private boolean cut(String said) {
    boolean cut =
        left.get() > 0 && said.contains(text) && left.getAndUpdate(i -> i > 0 ? i - 1 : 0) > 0;
    if (cut) {
      cuts.incrementAndGet();
    }
    return cut;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
