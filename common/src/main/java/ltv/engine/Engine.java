package ltv.engine;

/** What runs the queries of a job: opens sessions, each with the common functions defined. */
public interface Engine extends AutoCloseable {
  /** A session with tables, functions and parameters of its own. */
  Session open();

  /** Ends the engine and removes what its sessions left outside the lake. */
  @Override
  void close();
}
