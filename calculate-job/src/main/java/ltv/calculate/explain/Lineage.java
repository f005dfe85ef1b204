package ltv.calculate.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.calculate.trace.Known;
import ltv.calculate.trace.KnownTables;
import ltv.dataset.DatasetWords;

/**
 * Which datasets are made of which, by what their tables say.
 *
 * @param jobs datasets by the job that writes them
 * @param inputs by dataset what it reads, as far as somebody has written it
 */
record Lineage(
    SortedMap<String, SortedSet<String>> jobs, SortedMap<String, SortedSet<String>> inputs) {

  /** How it is drawn. */
  enum Format {
    mermaid,
    dot
  }

  /** Everything in the lake, or what one dataset is made of. */
  static Lineage of(KnownTables tables, Optional<Known> of) {
    SortedMap<String, SortedSet<String>> jobs = new TreeMap<>();
    SortedMap<String, SortedSet<String>> inputs = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>(of.map(k -> List.of(k.name())).orElseGet(tables::names));
    while (!open.isEmpty()) {
      String name = open.remove();
      Optional<Known> known = inputs.containsKey(name) ? Optional.empty() : tables.find(name);
      if (known.isPresent()) {
        SortedSet<String> read = new TreeSet<>();
        known.get().words().map(DatasetWords::inputs).orElse(Map.of()).keySet().stream()
            .filter(tables.names()::contains)
            .forEach(read::add);
        inputs.put(name, read);
        jobs.computeIfAbsent(known.get().job(), j -> new TreeSet<>()).add(name);
        open.addAll(read);
      }
    }
    return new Lineage(jobs, inputs);
  }

  long edges() {
    return inputs.values().stream().mapToLong(SortedSet::size).sum();
  }

  String drawn(Format format) {
    List<String> lines = new ArrayList<>();
    boolean dot = format == Format.dot;
    lines.add(dot ? "digraph lineage {\n  rankdir=LR; node [shape=box];" : "flowchart LR");
    jobs.forEach(
        (job, datasets) -> {
          lines.add(
              dot
                  ? "  subgraph cluster_%s { label=\"%s\";".formatted(job, job)
                  : "  subgraph " + job);
          datasets.forEach(d -> lines.add(dot ? "    " + d + ";" : "    " + d));
          lines.add(dot ? "  }" : "  end");
        });
    inputs.forEach(
        (dataset, read) ->
            read.forEach(
                input ->
                    lines.add((dot ? "  %s -> %s;" : "  %s --> %s").formatted(input, dataset))));
    if (dot) {
      lines.add("}");
    }
    return String.join("\n", lines);
  }
}
