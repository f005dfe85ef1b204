package ltv.ingest.channel.firestore;

import java.time.Instant;
import java.util.List;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.RecordedPauses;

class FirestoreFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    FirestoreOverHttp firestore = new FirestoreOverHttp();
    firestore.server.on(FirestoreOverHttp.TOKEN, FirestoreOverHttp.token(1));
    firestore.server.on(
        FirestoreOverHttp.QUERY, FirestoreOverHttp.page("a", "b"), FirestoreOverHttp.page("c"));
    firestore.server.on(FirestoreOverHttp.COUNT, FirestoreOverHttp.count(3));
    return new Rehearsal() {
      @Override
      public FakeApiServer server() {
        return firestore.server;
      }

      @Override
      public RecordedPauses pauses() {
        return firestore.pauses;
      }

      @Override
      public Instant now() {
        return FirestoreOverHttp.NOW;
      }

      @Override
      public void fetch() {
        firestore.fetch();
      }

      @Override
      public List<Page> pages() {
        return firestore.sink.pages();
      }

      @Override
      public List<String> canaries() {
        return List.of("access-1", "MIIE");
      }

      @Override
      public void close() {
        firestore.close();
      }
    };
  }
}
