package ltv.calculate.retention;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes worlds up from a seed: a few people with phones, some rows later than the as-of date, some
 * without what would link them.
 */
final class WorldMaker {
  private static final List<String> CHANNELS = List.of("meta", "google_ads", "organic");
  private static final List<String> KINDS =
      List.of("purchase", "purchase", "subscription", "reservation", "refund", "ad_revenue");
  private static final List<Integer> SPANS = List.of(9, 40, 130, 900);

  private final Random random;
  private final LocalDate asOf;
  private final int span;
  private final Map<String, List<Map<String, String>>> facts = new TreeMap<>();

  private WorldMaker(Random random) {
    this.random = random;
    this.asOf = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(1200));
    this.span = any(SPANS);
    for (String fact : List.of("visit_day", "fct_acquisition", "fct_sign_up", "fct_order")) {
      facts.put(fact, new ArrayList<>());
    }
  }

  /** Most have few people or nobody, some have up to 44. */
  static RetentionWorld make(long seed) {
    WorldMaker maker = new WorldMaker(new Random(seed));
    int people = maker.random.nextInt(maker.random.nextInt(10) == 0 ? 45 : 7);
    for (int i = 0; i < people; i++) {
      maker.person("p" + i);
    }
    return new RetentionWorld(maker.asOf, maker.facts);
  }

  private void person(String person) {
    String device = person + "-phone";
    String acquired = random.nextBoolean() ? device : person;
    String channel = any(CHANNELS);
    if (random.nextInt(5) > 0) {
      comes(person, acquired, channel);
    }
    visits(person);
    signsUp(person, device);
    boolean linked = random.nextInt(3) > 0;
    for (int n = random.nextInt(10); n > 0; n--) {
      Map<String, String> row = new TreeMap<>();
      row.put("order_date", day());
      row.put("order_id", "o" + n);
      row.put("user_id", random.nextBoolean() ? device : person);
      row.put("person_id", random.nextInt(6) == 0 ? "stranger-" + person : person);
      row.put("kind", any(KINDS));
      row.put("channel", linked ? channel : "unattributed");
      if (linked) {
        row.put("acquired_user_id", acquired);
      }
      facts.get("fct_order").add(row);
    }
  }

  private void comes(String person, String acquired, String channel) {
    Map<String, String> row = new TreeMap<>();
    row.put("acquisition_date", day());
    row.put("user_id", acquired);
    row.put("person_id", random.nextInt(4) == 0 ? "before-" + person : person);
    row.put("acquisition_kind", acquired.equals(person) ? "sign_up" : "install");
    row.put("channel", channel);
    row.put("campaign_id", "c" + random.nextInt(3));
    row.put("campaign_name", row.get("campaign_id").toUpperCase(Locale.ROOT));
    row.put("users", "1");
    facts.get("fct_acquisition").add(row);
  }

  private void visits(String person) {
    Set<String> days = new TreeSet<>();
    for (int n = random.nextInt(12); n > 0; n--) {
      days.add(day());
    }
    for (String day : days) {
      facts
          .get("visit_day")
          .add(Map.of("visit_date", day, "person_id", person, "channel", any(CHANNELS)));
    }
  }

  private void signsUp(String person, String device) {
    for (int n = random.nextInt(3); n > 0; n--) {
      Map<String, String> row = new TreeMap<>();
      row.put("sign_up_date", day());
      row.put("person_id", person);
      if (random.nextBoolean()) {
        row.put("device_key", device);
      }
      facts.get("fct_sign_up").add(row);
    }
  }

  /** Within the world's span, which ends two days after the as-of date. */
  private String day() {
    return asOf.plusDays(2).minusDays(random.nextInt(span)).toString();
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
