package ltv.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server as a process: started, waited for, killed. Its output goes to a file. */
public final class ServerProcess {
  private static final long START_SECONDS = 90;

  private final List<String> command;
  private final Map<String, String> environment;
  private final int port;
  private final Path log;
  private Process process;

  ServerProcess(List<String> command, int port, Path log) {
    this(command, Map.of(), port, log);
  }

  /** A server that will listen on this port of the loopback. */
  public ServerProcess(List<String> command, Map<String, String> environment, int port, Path log) {
    this.command = command;
    this.environment = environment;
    this.port = port;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /** A port of the loopback that nobody listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts and returns when the port answers. */
  public void start() {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      process = builder.start();
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
      while (!answers()) {
        if (!process.isAlive() || System.nanoTime() > until) {
          throw new IllegalStateException(
              command.get(0) + " does not start: " + Files.readString(log));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** As the kernel does it: without a word. */
  void kill() {
    end(process::destroyForcibly);
  }

  /** As an operator does it. */
  public void stop() {
    end(process::destroy);
  }

  private void end(Runnable how) {
    if (process == null) {
      return;
    }
    how.run();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
