package ltv.calculate.retention;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the facts tell of a few people, and who of them belongs into which cohort. */
record RetentionWorld(LocalDate asOf, Map<String, List<Map<String, String>>> facts) {
  private static final Set<String> NO_ORDERS = Set.of("refund", "ad_revenue");

  /** Who began on a day, and on which days what the cohort asks for was done. */
  record Member(
      String kind, LocalDate start, String channel, String campaign, TreeSet<LocalDate> days) {
    /** Whether anything of it was done between two days, both inclusive. */
    boolean isActive(LocalDate from, LocalDate to) {
      LocalDate next = days.ceiling(from);
      return next != null && !next.isAfter(to);
    }
  }

  /** Everybody who had begun anything by the as-of date. */
  List<Member> members() {
    List<Member> members = new ArrayList<>();
    ids("visit_day", v -> v.get("person_id"))
        .forEach(
            id -> {
              List<Map<String, String>> visits =
                  rows("visit_day").filter(v -> v.get("person_id").equals(id)).toList();
              Map<String, String> first = first(visits, "visit_date");
              add(members, "visit_to_visit", first, "visit_date", "all", visits, 1);
            });
    ids("fct_order", RetentionWorld::customer)
        .forEach(
            id -> {
              List<Map<String, String>> orders = orders(o -> customer(o).equals(id));
              if (!orders.isEmpty()) {
                Map<String, String> first = first(orders, "order_date");
                add(members, "order_to_order", first, "order_date", "all", orders, 1);
              }
            });
    rows("fct_acquisition")
        .filter(a -> a.get("acquisition_kind").equals("install"))
        .forEach(
            a -> {
              List<Map<String, String>> orders =
                  orders(o -> a.get("user_id").equals(o.get("acquired_user_id")));
              String campaign = a.get("campaign_id");
              add(members, "install_to_order", a, "acquisition_date", campaign, orders, 0);
            });
    ids("fct_sign_up", s -> s.get("person_id")).forEach(id -> signUp(id, members));
    return members;
  }

  private void signUp(String person, List<Member> members) {
    List<Map<String, String>> signUps =
        rows("fct_sign_up").filter(s -> s.get("person_id").equals(person)).toList();
    Set<String> ids = new TreeSet<>(List.of(person));
    signUps.stream().map(s -> s.get("device_key")).filter(d -> d != null).forEach(ids::add);
    String channel =
        rows("fct_acquisition")
            .filter(a -> ids.contains(a.get("user_id")) || ids.contains(a.get("person_id")))
            .min(
                Comparator.comparing(
                    (Map<String, String> a) -> a.get("acquisition_date") + a.get("user_id")))
            .map(a -> a.get("channel"))
            .orElse("unattributed");
    Map<String, String> first = new TreeMap<>(first(signUps, "sign_up_date"));
    first.put("channel", channel);
    List<Map<String, String>> orders =
        orders(o -> ids.contains(o.get("person_id")) || ids.contains(o.get("user_id")));
    add(members, "sign_up_to_order", first, "sign_up_date", "all", orders, 0);
  }

  private void add(
      List<Member> members,
      String kind,
      Map<String, String> first,
      String dated,
      String campaign,
      List<Map<String, String>> doings,
      int after) {
    LocalDate start = LocalDate.parse(first.get(dated));
    TreeSet<LocalDate> days = new TreeSet<>();
    for (Map<String, String> doing : doings) {
      String date = doing.getOrDefault("visit_date", doing.get("order_date"));
      if (!LocalDate.parse(date).isBefore(start.plusDays(after))) {
        days.add(LocalDate.parse(date));
      }
    }
    members.add(new Member(kind, start, first.get("channel"), campaign, days));
  }

  /** What a campaign is called; a sum is called what it is. */
  String name(String channel, String campaign) {
    return rows("fct_acquisition")
        .filter(a -> a.get("channel").equals(channel) && a.get("campaign_id").equals(campaign))
        .map(a -> a.get("campaign_name"))
        .findFirst()
        .orElse(campaign);
  }

  private static String customer(Map<String, String> order) {
    return order.getOrDefault("acquired_user_id", order.get("person_id"));
  }

  private List<Map<String, String>> orders(Predicate<Map<String, String>> whose) {
    return rows("fct_order").filter(o -> !NO_ORDERS.contains(o.get("kind"))).filter(whose).toList();
  }

  private Stream<Map<String, String>> rows(String fact) {
    return facts.get(fact).stream()
        .filter(
            row ->
                row.entrySet().stream()
                    .filter(e -> e.getKey().endsWith("_date"))
                    .noneMatch(e -> LocalDate.parse(e.getValue()).isAfter(asOf)));
  }

  private Set<String> ids(String fact, Function<Map<String, String>, String> whose) {
    return rows(fact).map(whose).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> first(List<Map<String, String>> rows, String dated) {
    return rows.stream()
        .min(Comparator.comparing((Map<String, String> r) -> r.get(dated) + r.get("channel")))
        .orElseThrow();
  }
}
