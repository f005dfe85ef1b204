package ltv.calculate.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ltv.calculate.trace.Facts;
import ltv.calculate.trace.Step;
import ltv.lake.LedgerEntry;

/** An explanation for programs, as one line. */
final class ExplanationJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final Explanation explanation;

  ExplanationJson(Explanation explanation) {
    this.explanation = explanation;
  }

  String line() {
    ObjectNode root = JSON.createObjectNode();
    root.put("dataset", explanation.top().dataset()).put("column", explanation.top().column());
    number(root, "number", explanation.top().own());
    root.put("unit", explanation.top().unit()).put("meaning", explanation.top().meaning());
    explanation.row().forEach(root.putObject("row")::put);
    explanation.removed().ifPresent(why -> root.put("removed", why));
    root.put("lines", explanation.lines());
    root.put("lines_bring", explanation.linesBring());
    root.put("whole", explanation.isWhole());
    tell(explanation.top(), root.putObject("step"));
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An explanation is plain data", e);
    }
  }

  private static void number(ObjectNode node, String name, Object value) {
    if (value != null) {
      node.put(name, Explanation.exact(value));
    }
  }

  private static void tell(Step step, ObjectNode node) {
    node.put("dataset", step.dataset()).put("job", step.job()).put("column", step.column());
    node.put("meaning", step.meaning()).put("unit", step.unit()).put("how", step.how());
    node.put("aside", step.isAside()).put("rows", step.rows());
    number(node, "sum", step.own());
    number(node, "brings", step.brings());
    if (step.difference() != null) {
      number(node, "difference", step.difference());
      node.put("because", ExplanationText.because(step));
    }
    facts(step.facts(), node);
    ArrayNode removed = node.putArray("removed");
    for (Step.Removed rule : step.removed()) {
      ObjectNode one = removed.addObject().put("rule", rule.reason()).put("rows", rule.rows());
      number(one, "amount", rule.amount());
      ArrayNode shown = one.putArray("shown");
      rule.shown()
          .forEach(
              row ->
                  shown
                      .addObject()
                      .put("key", row.key())
                      .put("observed", row.observed())
                      .put("raw_ref", row.rawRef()));
    }
    lines(step.lines(), node);
    if (!step.end().isEmpty()) {
      node.put("end", step.end());
    }
    ArrayNode below = node.putArray("below");
    step.below().forEach(other -> tell(other, below.addObject()));
  }

  private static void facts(Facts facts, ObjectNode node) {
    node.put("snapshot", facts.snapshot()).put("partitions", facts.partitions());
    ArrayNode shown = node.putArray("built");
    for (LedgerEntry entry : facts.shown()) {
      ObjectNode one =
          shown
              .addObject()
              .put("partition", entry.partition())
              .put("run", entry.runId())
              .put("recipe", entry.recipe())
              .put("rows_in", entry.rowsIn())
              .put("rows_out", entry.rowsOut())
              .put("committed_at", entry.committedAt());
      entry.removed().forEach(one.putObject("removed")::put);
    }
    facts.removed().forEach(node.putObject("removed_in_all")::put);
    facts.missing().forEach(node.putArray("missing")::add);
    facts.held().forEach(node.putArray("held")::add);
  }

  private static void lines(Step.Lines lines, ObjectNode node) {
    node.put("line_count", lines.count());
    ArrayNode shown = node.putArray("lines");
    for (Step.Line line : lines.shown()) {
      ObjectNode one = shown.addObject().put("raw_ref", line.rawRef());
      number(one, "value", line.own());
      number(one, "brings", line.brings());
      one.put(line.there() ? "text" : "gone", line.text());
    }
  }
}
