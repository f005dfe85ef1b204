package ltv.dataset;

import java.util.List;
import ltv.engine.Session;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * What one query cannot say: rows that are made, then made anew from themselves until nothing
 * changes, as of a graph whose nodes take the name of the least one that they reach. The dataset's
 * query then reads them as {@code settled}.
 *
 * @param links makes {@code links} from the inputs, once
 * @param start makes {@code settled} from the inputs and {@code links}
 * @param step makes it again from itself and {@code links}
 */
public record Settling(String links, String start, String step) {
  private static final String SETTLED = "settled";

  /** No chain of links between ids is as long, so more steps mean that they never end. */
  private static final int MAXIMUM_STEPS = 500;

  void run(Session session, String dataset) {
    session.keep("links", links);
    String kept = SETTLED + "_0";
    session.keep(kept, start);
    session.view(SETTLED, "select * from " + kept);
    for (int i = 1; i <= MAXIMUM_STEPS; i++) {
      String next = SETTLED + "_" + i % 2;
      session.keep(next, step);
      boolean same = same(session, next, kept);
      session.view(SETTLED, "select * from " + next);
      if (same) {
        return;
      }
      kept = next;
    }
    throw new JobException(
        ExitCode.BUG,
        dataset + "/step.sql still changes rows after " + MAXIMUM_STEPS + " steps; it never ends");
  }

  private static boolean same(Session session, String next, String before) {
    List<Object> changed =
        session
            .rows(
                "select count(*) from (select * from %s except select * from %s) as changed"
                    .formatted(next, before))
            .get(0);
    return changed.get(0).equals(0L);
  }
}
