package ltv.calculate.serve;

import java.nio.file.Path;
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A server for each class of tests, and a new site on it for each test. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OnMariaDb {
  MariaDbServer server;
  ServedSite site;
  @TempDir Path folder;

  @BeforeAll
  void start(@TempDir Path servers) {
    server = MariaDbServer.start(servers);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    site = new ServedSite(folder, server);
  }

  @AfterEach
  void close() {
    site.close();
    ServedSite.empty(server);
  }
}
