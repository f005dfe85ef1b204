package ltv.calculate.trace;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ltv.dataset.DatasetWords;
import ltv.engine.DuckDbSession;
import ltv.engine.Session.Reading;
import ltv.lake.LakeTable;
import ltv.lake.LakeTables;
import ltv.run.ExitCode;
import ltv.run.JobException;

/** The tables of a lake by dataset, each looked at once. */
public final class KnownTables {
  private final LakeTables tables;
  private final DuckDbSession session;
  private final Map<String, Optional<Known>> known = new HashMap<>();
  private final Map<String, List<LocalDate>> seen = new HashMap<>();

  /** Of a lake, read by a session. */
  public KnownTables(LakeTables tables, DuckDbSession session) {
    this.tables = tables;
    this.session = session;
  }

  /** Names of all datasets that were ever written. */
  public List<String> names() {
    return tables.names();
  }

  /** A dataset; empty when nobody has written it. */
  public Optional<Known> find(String name) {
    return known.computeIfAbsent(name, n -> tables.find(n).map(t -> known(n, t)));
  }

  private static Known known(String name, LakeTable table) {
    return new Known(name, table, table.pin(), table.words().map(w -> DatasetWords.parse(w, name)));
  }

  /**
   * A dataset as somebody calls it: the prefix of marts may be left out.
   *
   * @throws JobException with exit 64 that names the nearest
   */
  public Known asked(String name) {
    return find(name)
        .or(() -> find("mart_" + name))
        .orElseThrow(
            () ->
                new JobException(
                    ExitCode.USAGE,
                    tables.names().isEmpty()
                        ? "The lake has no table yet; run the jobs first."
                        : "There is no dataset %s in the lake; nearest are %s."
                            .formatted(name, String.join(", ", nearest(name, tables.names())))));
  }

  /** The few of some names that are most alike to one. */
  public List<String> nearest(String name, List<String> names) {
    String list =
        names.stream()
            .map(n -> "('" + DuckDbSession.quoted(n) + "')")
            .collect(Collectors.joining(", "));
    String query =
        """
        select n from (values %s) as names(n)
        order by levenshtein(lower(n), lower('%2$s')) - case when contains(lower(n), lower('%2$s')) then 100 else 0 end, n
        limit 5"""
            .formatted(list, DuckDbSession.quoted(name));
    return session.rows(query).stream().map(r -> (String) r.get(0)).toList();
  }

  /** Lets the session read a dataset by its name; of one with days at least these, null for all. */
  public void see(Known dataset, LocalDate from, LocalDate to) {
    List<LocalDate> days = Arrays.asList(from, to);
    if (!days.equals(seen.put(dataset.name(), days))) {
      session.read(
          dataset.name(),
          dataset.table(),
          dataset.pin(),
          dataset.columns(),
          from,
          to,
          Reading.VIEW);
    }
  }
}
