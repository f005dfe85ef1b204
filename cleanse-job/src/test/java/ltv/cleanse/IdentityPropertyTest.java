package ltv.cleanse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.Test;

/**
 * Many small random graphs at once, held against the same rules written the plain way: walk from id
 * to id, then go through the logins one by one.
 */
class IdentityPropertyTest {
  private static final int GRAPHS = 600;
  private static final LocalDate DAY = LocalDate.of(2026, 11, 19);
  private static final Dataset CLUSTERS = Repository.datasets().get("identity_cluster");

  /** Two ids, as kind and key, that were seen together at a time. */
  private record Edge(String left, String right, LocalDateTime at) {
    boolean joinsLikes() {
      return left.startsWith("user:") == right.startsWith("user:");
    }
  }

  @Test
  void clusters_are_what_walking_the_graph_finds() {
    List<Edge> edges = edges();

    assertEquals(walked(edges), built(edges));
  }

  @Test
  void the_order_of_edges_and_saying_them_twice_change_nothing() {
    List<Edge> edges = edges();
    List<Edge> others = new ArrayList<>(edges);
    others.addAll(edges.subList(0, edges.size() / 2));
    Collections.shuffle(others, new Random(7));

    assertEquals(built(edges), built(others));
  }

  @Test
  void removing_an_edge_takes_apart_what_it_joined() {
    List<Edge> edges = edges();
    Random random = new Random(11);
    List<Edge> fewer =
        edges.stream().filter(e -> !e.joinsLikes() || random.nextInt(3) > 0).toList();
    SortedSet<String> before = built(edges);

    SortedSet<String> after = built(fewer);

    assertNotEquals(before, after);
    assertEquals(walked(fewer), after);
  }

  private static List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    for (int graph = 0; graph < GRAPHS; graph++) {
      Random random = new Random(graph);
      for (int i = random.nextInt(12); i >= 0; i--) {
        LocalDateTime at = DAY.atStartOfDay().plusMinutes(random.nextInt(6 * 1440) - 3 * 1440);
        String device = "device:%03d-d%d".formatted(graph, random.nextInt(5));
        String user = "user:%03d-u%d".formatted(graph, random.nextInt(3));
        switch (random.nextInt(5)) {
          case 0 ->
              edges.add(
                  new Edge("advertising:%03d-g%d".formatted(graph, random.nextInt(3)), device, at));
          case 1 ->
              edges.add(
                  new Edge("vendor:%03d-v%d".formatted(graph, random.nextInt(3)), device, at));
          case 2 -> edges.add(new Edge(user, "user:%03d-u9".formatted(graph), at));
          case 3 ->
              edges.add(
                  new Edge("advertising:%03d-g%d".formatted(graph, random.nextInt(3)), user, at));
          default -> edges.add(new Edge(device, user, at));
        }
      }
    }
    return edges;
  }

  /** Lines of kind, key, span and user or nobody. */
  private static SortedSet<String> built(List<Edge> edges) {
    try (DuckDbSession session = DuckDbCases.open()) {
      session.define("run_date", DAY);
      session.table(
          "identity_blocked",
          Repository.datasets().get("identity_blocked").schema().columns(),
          List.of());
      session.table(
          "identity_edge",
          Repository.datasets().get("identity_edge").schema().columns(),
          edges.stream().map(IdentityPropertyTest::row).toList());
      CLUSTERS.build(session, "clusters");
      SortedSet<String> lines = new TreeSet<>();
      session
          .rows(
              "select node_kind || ':' || node_key, valid_from, valid_to, user_id_key from clusters")
          .forEach(row -> lines.add(String.valueOf(row)));
      return lines;
    }
  }

  private static List<String> row(Edge edge) {
    String at = edge.at.toString().replace('T', ' ');
    List<String> row = new ArrayList<>();
    row.add(edge.at.toLocalDate().toString());
    row.add("same_event");
    row.addAll(List.of(edge.left.split(":")));
    row.addAll(List.of(edge.right.split(":")));
    row.addAll(List.of("1", at + ":00", at + ":00"));
    return row;
  }

  private static SortedSet<String> walked(List<Edge> edges) {
    Map<String, SortedSet<String>> reached = reached(edges);
    SortedMap<String, SortedMap<LocalDateTime, SortedSet<String>>> logins = new TreeMap<>();
    SortedSet<String> today = new TreeSet<>();
    for (Edge edge : edges) {
      if (edge.at.toLocalDate().equals(DAY)) {
        today.add(edge.left);
        today.add(edge.right);
      }
      if (!edge.joinsLikes()) {
        logins
            .computeIfAbsent(reached.get(edge.left).first(), d -> new TreeMap<>())
            .computeIfAbsent(edge.at, at -> new TreeSet<>())
            .add(reached.get(edge.right).first().substring("user:".length()));
      }
    }
    SortedSet<String> lines = new TreeSet<>();
    for (String id : today) {
      String least = reached.get(id).first();
      if (id.startsWith("user:")) {
        lines.add(line(id, null, null, least.substring("user:".length())));
      } else {
        spans(id, logins.getOrDefault(least, new TreeMap<>()), lines);
      }
    }
    return lines;
  }

  private static Map<String, SortedSet<String>> reached(List<Edge> edges) {
    Map<String, SortedSet<String>> reached = new TreeMap<>();
    for (Edge edge : edges) {
      reached.computeIfAbsent(edge.left, id -> new TreeSet<>()).add(edge.left);
      reached.computeIfAbsent(edge.right, id -> new TreeSet<>()).add(edge.right);
      if (edge.joinsLikes()) {
        SortedSet<String> all = reached.get(edge.left);
        all.addAll(reached.get(edge.right));
        all.forEach(id -> reached.put(id, all));
      }
    }
    return reached;
  }

  private static void spans(
      String id, SortedMap<LocalDateTime, SortedSet<String>> logins, SortedSet<String> lines) {
    LocalDateTime from = null;
    String user = null;
    for (var login : logins.entrySet()) {
      for (String next : login.getValue()) {
        if (!next.equals(user)) {
          LocalDateTime since = user == null ? login.getKey().minusDays(30) : login.getKey();
          add(id, from, since, user, lines);
          from = since;
          user = next;
        }
      }
    }
    add(id, from, null, user, lines);
  }

  private static void add(
      String id, LocalDateTime from, LocalDateTime to, String user, SortedSet<String> lines) {
    boolean some = to == null || from == null || from.isBefore(to);
    if (some
        && (to == null || !to.toLocalDate().isBefore(DAY.minusDays(1)))
        && (from == null || !from.toLocalDate().isAfter(DAY.plusDays(1)))) {
      boolean later = to != null && to.toLocalDate().isAfter(DAY.plusDays(1));
      lines.add(line(id, from, later ? null : to, user));
    }
  }

  private static String line(String id, LocalDateTime from, LocalDateTime to, String user) {
    List<Object> row = new ArrayList<>();
    Collections.addAll(row, id, from, to, user);
    return String.valueOf(row);
  }
}
