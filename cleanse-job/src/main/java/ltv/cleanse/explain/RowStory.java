package ltv.cleanse.explain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.engine.DuckDbSession;
import ltv.engine.Session.Reading;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;
import ltv.lake.LakeTable;

/** Looks for a row in everything that cleansing keeps rows in, with their reasons. */
final class RowStory {
  private static final String DECISIONS = "fraud_decision";
  private static final String REASON = "removed_reason";
  private static final String OBSERVED = "observed_value";
  private static final String RAW_REF = "raw_ref";

  private final Opened opened;
  private final DuckDbSession session;
  private final LocalDate day;

  /** Every id of the rows that were found: what decisions may be about. */
  private final SortedSet<String> ids = new TreeSet<>();

  RowStory(Opened opened, DuckDbSession session, LocalDate day) {
    this.opened = opened;
    this.session = session;
    this.day = day;
  }

  /** A row, or a decision about it. */
  record Line(String text, boolean removed) {}

  /**
   * Rows of the day that have {@code named} in any of their texts, then the decisions about them.
   */
  List<Line> of(String named) {
    List<Line> lines = new ArrayList<>();
    for (Dataset dataset : opened.datasets().inOrder("cleanse")) {
      List<Column> columns = dataset.schema().columns();
      if (columns.stream().anyMatch(c -> c.name().equals(REASON)) && sees(dataset)) {
        lines.addAll(rows(dataset, named));
      }
    }
    Dataset decisions = opened.datasets().get(DECISIONS);
    if (!lines.isEmpty() && sees(decisions)) {
      lines.addAll(decisions(decisions));
    }
    return lines;
  }

  private boolean sees(Dataset dataset) {
    Optional<LakeTable> table = opened.lake().existing(dataset.table());
    table.ifPresent(
        t ->
            session.read(
                dataset.name(), t, t.pin(), dataset.schema().columns(), day, day, Reading.VIEW));
    return table.isPresent();
  }

  private static List<String> texts(Dataset dataset) {
    return dataset.schema().columns().stream()
        .filter(c -> c.type().kind() == Kind.STRING)
        .map(Column::name)
        .toList();
  }

  private String ofDay(Dataset dataset) {
    return dataset.schema().partitionColumn().map(c -> c + " = date '" + day + "'").orElse("true");
  }

  private List<Line> rows(Dataset dataset, String named) {
    List<String> texts = texts(dataset);
    List<String> key = dataset.schema().key().stream().filter(c -> !c.equals(RAW_REF)).toList();
    String query =
        "select %s, %s, %s, concat_ws('/', %s), %s from %s where %s and '%s' in (%s) order by all"
            .formatted(
                REASON,
                OBSERVED,
                RAW_REF,
                String.join(", ", key),
                String.join(", ", texts),
                dataset.name(),
                ofDay(dataset),
                DuckDbSession.quoted(named),
                String.join(", ", texts));
    List<Line> lines = new ArrayList<>();
    for (List<Object> row : session.rows(query)) {
      row.stream().skip(4).filter(Objects::nonNull).map(Object::toString).forEach(ids::add);
      String reason = (String) row.get(0);
      String what =
          reason == null
              ? "counts"
              : "does not count, %s: %s. %s".formatted(reason, row.get(1), Reason.advice(reason));
      lines.add(
          new Line(
              "%s %s: %s [%s]".formatted(dataset.name(), row.get(3), what, row.get(2)),
              reason != null));
    }
    return lines;
  }

  private List<Line> decisions(Dataset decisions) {
    String about =
        ids.stream()
            .map(id -> "'" + DuckDbSession.quoted(id) + "'")
            .collect(Collectors.joining(", "));
    String query =
        """
        select subject_kind, subject_key, rule_id, said_by, action, what,
          cast(observed as double), cast(threshold as double), run_id
        from %s where %s and subject_key in (%s) order by all"""
            .formatted(DECISIONS, ofDay(decisions), about);
    return session.rows(query).stream()
        .map(
            row ->
                new Line(
                    "%s %s %s: %s by %s says %s (%s: %s, threshold %s; run %s)"
                        .formatted(
                            DECISIONS,
                            row.get(0),
                            row.get(1),
                            row.get(2),
                            row.get(3),
                            row.get(4),
                            row.get(5),
                            row.get(6),
                            row.get(7),
                            row.get(8)),
                    false))
        .toList();
  }
}
