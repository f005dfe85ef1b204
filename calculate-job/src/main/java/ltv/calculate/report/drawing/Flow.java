package ltv.calculate.report.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ltv.calculate.report.words.Text;

/**
 * Paths as a flow from their first steps to what came of them, as the page draws it. Paths are the
 * last steps before the goal, so that the last step of each stands beside it and shorter ones begin
 * later. What flows into a step flows out of it.
 */
public record Flow(List<Node> nodes, List<Link> links) {
  private static final int MOST = 12;

  /**
   * A place that people passed.
   *
   * @param name unique, such as {@code 2:cart}; a name of ours has no colon
   * @param words as readers see it
   * @param kind start, step, goal or exit
   * @param depth column from the left, from 0
   * @param users who passed it
   */
  public record Node(String name, String words, String kind, int depth, long users) {}

  /** People who went from one place to the next. */
  public record Link(String source, String target, String kind, long users) {}

  /** Steps that people took, and how many of those reached the goal. */
  public record Path(List<String> steps, long users, long conversions) {}

  /** The flow of paths. */
  public static Flow of(List<Path> paths, Text text) {
    int columns = paths.stream().mapToInt(p -> p.steps().size()).max().orElse(0);
    Map<Integer, Map<String, Long>> steps = new TreeMap<>();
    for (Path path : paths) {
      for (int i = 0; i < path.steps().size(); i++) {
        steps
            .computeIfAbsent(depth(path, i, columns), d -> new HashMap<>())
            .merge(path.steps().get(i), path.users(), Long::sum);
      }
    }
    Map<Integer, List<String>> shown = new TreeMap<>();
    steps.forEach((depth, users) -> shown.put(depth, most(users)));

    Map<String, Node> nodes = new TreeMap<>();
    Map<List<String>, Link> links = new HashMap<>();
    for (Path path : paths) {
      int first = depth(path, 0, columns) - 1;
      Node from = new Node(first + ".start", text.of("site.flow_start"), "start", first, 0);
      for (int i = 0; i < path.steps().size(); i++) {
        Node to = step(path.steps().get(i), depth(path, i, columns), shown, text);
        flow(from, to, path.users(), nodes, links);
        from = to;
      }
      Node goal = new Node("goal", text.of("site.flow_goal"), "goal", columns + 1, 0);
      flow(from, goal, path.conversions(), nodes, links);
      Node exit = new Node("exit", text.of("site.flow_exit"), "exit", columns + 1, 0);
      flow(from, exit, path.users() - path.conversions(), nodes, links);
    }
    return new Flow(
        nodes.values().stream()
            .map(node -> counted(node, links))
            .sorted(
                Comparator.comparingInt(Node::depth)
                    .thenComparing(Comparator.comparingLong(Node::users).reversed())
                    .thenComparing(Node::name))
            .toList(),
        links.values().stream()
            .sorted(Comparator.comparing(Link::source).thenComparing(Link::target))
            .toList());
  }

  private static int depth(Path path, int step, int columns) {
    return columns - path.steps().size() + step + 1;
  }

  /** The steps of a column that have a place of their own. */
  private static List<String> most(Map<String, Long> users) {
    List<String> all =
        users.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(ArrayList::new));
    return all.size() <= MOST ? all : all.subList(0, MOST - 1);
  }

  private static Node step(String step, int depth, Map<Integer, List<String>> shown, Text text) {
    return shown.get(depth).contains(step)
        ? new Node(depth + ":" + step, text.orSelf("steps", step), "step", depth, 0)
        : new Node(depth + ".other", text.of("site.flow_other"), "step", depth, 0);
  }

  private static void flow(
      Node from, Node to, long users, Map<String, Node> nodes, Map<List<String>, Link> links) {
    if (users > 0) {
      nodes.put(from.name(), from);
      nodes.put(to.name(), to);
      links.merge(
          List.of(from.name(), to.name()),
          new Link(from.name(), to.name(), to.kind(), users),
          (a, b) -> new Link(a.source(), a.target(), a.kind(), a.users() + b.users()));
    }
  }

  private static Node counted(Node node, Map<List<String>, Link> links) {
    boolean begins = node.kind().equals("start");
    long users =
        links.values().stream()
            .filter(link -> (begins ? link.source() : link.target()).equals(node.name()))
            .mapToLong(Link::users)
            .sum();
    return new Node(node.name(), node.words(), node.kind(), node.depth(), users);
  }
}
