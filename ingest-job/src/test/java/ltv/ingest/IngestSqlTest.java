package ltv.ingest;

import java.util.Optional;
import java.util.stream.Stream;
import ltv.config.PersonalData;
import ltv.config.Secret;
import ltv.dataset.DuckDbCases;
import ltv.dataset.SqlCases;
import ltv.engine.DuckDbSession;
import ltv.engine.Session;
import ltv.ingest.type.IngestFunctions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The typing queries, with the functions that ingest adds. */
class IngestSqlTest {
  private static final IngestFunctions FUNCTIONS =
      new IngestFunctions(Optional.of(new PersonalData(new Secret("key of the cases"), "k1")));

  @TestFactory
  Stream<DynamicNode> queries() {
    return SqlCases.of("ingest", IngestSqlTest::open);
  }

  private static Session open() {
    DuckDbSession session = DuckDbCases.open();
    FUNCTIONS.define(session);
    return session;
  }
}
