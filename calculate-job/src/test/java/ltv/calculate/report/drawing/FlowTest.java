package ltv.calculate.report.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ltv.calculate.report.drawing.Flow.Link;
import ltv.calculate.report.drawing.Flow.Node;
import ltv.calculate.report.drawing.Flow.Path;
import ltv.calculate.report.type.Marts;
import ltv.calculate.report.words.Text;
import org.junit.jupiter.api.Test;

class FlowTest {
  private static final Text TEXT = Marts.text("en");

  @Test
  void the_last_steps_stand_beside_the_goal() {
    Flow flow =
        Flow.of(
            List.of(new Path(List.of("search", "cart"), 40, 10), new Path(List.of("cart"), 30, 3)),
            TEXT);

    assertEquals(
        List.of(
            new Node("0.start", "Start", "start", 0, 40),
            new Node("1:search", "Search", "step", 1, 40),
            new Node("1.start", "Start", "start", 1, 30),
            new Node("2:cart", "cart", "step", 2, 70),
            new Node("exit", "No order yet", "exit", 3, 57),
            new Node("goal", "First order", "goal", 3, 13)),
        flow.nodes());
    assertEquals(
        List.of(
            new Link("0.start", "1:search", "step", 40),
            new Link("1.start", "2:cart", "step", 30),
            new Link("1:search", "2:cart", "step", 40),
            new Link("2:cart", "exit", "exit", 57),
            new Link("2:cart", "goal", "goal", 13)),
        flow.links());
  }

  @Test
  void what_flows_in_flows_out_and_never_back() {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      List<String> steps = new ArrayList<>();
      for (int s = 0; s <= i % 5; s++) {
        steps.add("step" + (i * (s + 3)) % 17);
      }
      paths.add(new Path(steps, 30 + i, i % 4 * 5));
    }

    Flow flow = Flow.of(paths, TEXT);

    Map<String, Node> nodes =
        flow.nodes().stream().collect(Collectors.toMap(Node::name, node -> node));
    for (Link link : flow.links()) {
      assertTrue(
          nodes.get(link.source()).depth() < nodes.get(link.target()).depth(), link.toString());
    }
    for (Node node : flow.nodes()) {
      long in = sum(flow, node, false);
      long out = sum(flow, node, true);
      if (!node.kind().equals("start")) {
        assertEquals(node.users(), in, node.name());
      }
      if (node.depth() < 6) {
        assertEquals(node.users(), out, node.name());
      }
    }
    assertEquals(
        paths.stream().mapToLong(Path::users).sum(),
        nodes.get("goal").users() + nodes.get("exit").users());
    assertEquals(paths.stream().mapToLong(Path::conversions).sum(), nodes.get("goal").users());
  }

  private static long sum(Flow flow, Node node, boolean out) {
    return flow.links().stream()
        .filter(link -> (out ? link.source() : link.target()).equals(node.name()))
        .mapToLong(Link::users)
        .sum();
  }

  @Test
  void a_step_of_many_has_twelve_places_and_the_rest_is_other() {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      paths.add(new Path(List.of("step" + i), 100 + i, 1));
    }

    List<Node> steps =
        Flow.of(paths, TEXT).nodes().stream().filter(n -> n.kind().equals("step")).toList();

    assertEquals(12, steps.size());
    Node other = steps.stream().filter(n -> n.name().equals("1.other")).findAny().orElseThrow();
    assertEquals("Other", other.words());
    assertEquals(9 * 104, other.users(), "steps 0 to 8, the least taken");
  }

  /** A name can be what we call our own places, and still is a step. */
  @Test
  void names_of_others_meet_none_of_ours() {
    Set<String> names = new HashSet<>();
    List<Path> paths = new ArrayList<>();
    for (String name : List.of("goal", "exit", "start", "other", "1.start", "0:goal", ".other")) {
      paths.add(new Path(List.of(name, name), 50, 1));
    }

    Flow flow = Flow.of(paths, TEXT);

    assertTrue(flow.nodes().stream().allMatch(n -> names.add(n.name())));
    assertEquals(7 + 7 + 1 + 2, flow.nodes().size());
  }
}
