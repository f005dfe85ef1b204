package ltv.ingest.channel.firestore;

import ltv.ingest.channel.FaultSweep;
import ltv.ingest.channel.Rehearsal;

class FirestoreFaultsTest extends FaultSweep {
  @Override
  protected Rehearsal rehearsal() {
    FirestoreOverHttp firestore = new FirestoreOverHttp();
    firestore.server.on(FirestoreOverHttp.TOKEN, FirestoreOverHttp.token(1));
    firestore.server.on(
        FirestoreOverHttp.QUERY, FirestoreOverHttp.page("a", "b"), FirestoreOverHttp.page("c"));
    firestore.server.on(FirestoreOverHttp.COUNT, FirestoreOverHttp.count(3));
    return firestore;
  }
}
