import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import ltv.gate.Judge;
import ltv.gate.Usual;
import ltv.lake.Hold;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.sandbox.market.Market;

/**
 * Days of the simulated market (weekly rhythm, campaigns that begin and end) judged one after another as daily runs do, with a holiday on which four of ten stay away; a clean day that is held is released. Counts days that
 * are held though nothing is wrong, and of planted faults those that are held on their day, and whether the day after is. The rules are those of the datasets. Run by bench/gate.
 */
public final class Gate {
  private static final LocalDate FROM = LocalDate.of(2026, 3, 1);

  /** A market begins without users: by then it has some. */
  private static final int TAUGHT = 150;
  private static final int CLEAN = 90;
  private static final int HOLIDAY = 190;
  private static final Map<String, Usual> RULES =
      Map.of(
          "fct_ad_performance", new Usual("channel", List.of("impressions", "clicks", "conversions"), List.of("spend"), List.of(new Usual.Rate("conversions", "clicks")), null),
          "fct_acquisition", new Usual("channel", List.of("users"), List.of("cost_share"), List.of(new Usual.Rate("users", "cost_share")), null),
          "fct_order", new Usual("kind", List.of("rows"), List.of("revenue"), List.of(new Usual.Rate("revenue", "rows")), null),
          "fct_event", new Usual("source", List.of("rows"), List.of(), List.of(), null));

  private final Map<String, SortedMap<LocalDate, Map<String, Long>>> days = new TreeMap<>();
  private final Random chance;
  private final int holiday;

  private Gate(long seed, double size, int holiday) {
    this.holiday = holiday;
    chance = new Random(seed);
    Market market = Market.simulate(seed, FROM, TAUGHT + CLEAN, size);
    RULES.keySet().forEach(name -> days.put(name, new TreeMap<>()));
    market.ads().forEach(ad -> {
      String channel = ad.campaign().channel();
      add("fct_ad_performance", ad.day(), channel, "impressions", ad.impressions());
      add("fct_ad_performance", ad.day(), channel, "clicks", ad.clicks());
      add("fct_ad_performance", ad.day(), channel, "conversions", ad.conversions());
      add("fct_ad_performance", ad.day(), channel, "spend", ad.spend());
      add("fct_acquisition", ad.day(), channel, "cost_share", ad.spend());
    });
    market.users().stream().filter(u -> stays(u.installedAt().toLocalDate())).forEach(u ->
        add("fct_acquisition", u.installedAt().toLocalDate(), u.campaign() == null ? "organic" : u.campaign().channel(), "users", 1));
    market.events().stream().filter(e -> stays(e.at().toLocalDate())).forEach(e -> {
      add("fct_event", e.at().toLocalDate(), "appsflyer", "rows", 1);
      if (e.revenue() > 0) {
        add("fct_order", e.at().toLocalDate(), "purchase", "rows", 1);
        add("fct_order", e.at().toLocalDate(), "purchase", "revenue", e.revenue());
      }
    });
  }

  private boolean stays(LocalDate day) {
    int at = (int) (day.toEpochDay() - FROM.toEpochDay());
    return at < HOLIDAY || at >= HOLIDAY + holiday || chance.nextDouble() > .4;
  }

  private void add(String name, LocalDate day, String group, String number, long value) {
    if (!day.isBefore(FROM) && day.isBefore(FROM.plusDays(TAUGHT + CLEAN))) {
      days.get(name).computeIfAbsent(day, d -> new TreeMap<>()).merge(group + "|" + number, value, Long::sum);
    }
  }

  private static Map<String, String> texts(Map<String, Long> totals) {
    Map<String, String> texts = new TreeMap<>();
    totals.forEach((key, value) -> texts.put(key, "" + value));
    return texts;
  }

  private static LedgerEntry entry(LocalDate day, Map<String, Long> totals, boolean released) {
    Hold hold = released ? new Hold(List.of(), List.of(), false, new Hold.Decision(true, "somebody", "it was so", "")) : null;
    return new LedgerEntry("d", day.toString(), LedgerEntry.State.COMMITTED, "r", "", "", "", -1, 1, Map.of(), texts(totals), List.of(), Map.of(), Map.of(), "", hold);
  }

  /** Judges every day. A planted fault replaces a dataset's day and is not released. */
  private List<String> held(String dataset, LocalDate odd, Map<String, Long> instead, Set<LocalDate> special) {
    List<String> held = new ArrayList<>();
    for (Map.Entry<String, Usual> rule : RULES.entrySet()) {
      SortedMap<Partition, LedgerEntry> published = new TreeMap<>();
      days.get(rule.getKey()).forEach((day, totals) -> {
        boolean planted = rule.getKey().equals(dataset) && day.equals(odd);
        Map<String, Long> told = planted ? instead : totals;
        boolean judged = !day.isBefore(FROM.plusDays(TAUGHT)) && (odd == null || !day.isBefore(odd) && day.isBefore(odd.plusDays(2)));
        List<String> unusual = judged ? Judge.unusual(rule.getValue(), day, special, texts(told), published) : List.of();
        unusual.forEach(reason -> held.add(day + " " + rule.getKey() + " " + reason));
        if (unusual.isEmpty() || !planted) { // somebody looks, and lets a day be that was so
          published.put(Partition.of(day), entry(day, told, !unusual.isEmpty()));
        }
      });
    }
    return held;
  }

  private Map<String, Long> changed(Map<String, Long> of, BiFunction<String, Long, Long> change) {
    Map<String, Long> changed = new TreeMap<>();
    of.forEach((key, value) -> {
      Long now = change.apply(key, value);
      if (now != null) {
        changed.put(key, now);
      }
    });
    return changed;
  }

  public static void main(String... args) {
    int worlds = Integer.parseInt(args[0]);
    double size = Double.parseDouble(args[1]);
    Map<String, int[]> found = new TreeMap<>();
    Map<Long, Integer> falsely = new HashMap<>();
    Map<Long, Integer> named = new HashMap<>();
    for (int world = 1; world <= worlds; world++) {
      Gate gate = new Gate(world, size, Integer.parseInt(args[2]));
      List<String> held = gate.held("", null, Map.of(), Set.of());
      List<String> dates = held.stream().map(h -> h.substring(0, 10)).distinct().toList();
      falsely.merge((long) dates.size(), 1, Integer::sum);
      Set<LocalDate> special = FROM.plusDays(HOLIDAY).datesUntil(FROM.plusDays(HOLIDAY + gate.holiday)).collect(Collectors.toSet());
      named.merge(gate.held("", null, Map.of(), special).stream().map(h -> h.substring(0, 10)).distinct().count(), 1, Integer::sum);
      System.out.println("world " + world + ": of 90 clean days held: " + dates.size());
      held.forEach(h -> System.out.println("  " + h));
      SortedMap<LocalDate, Map<String, Long>> ads = gate.days.get("fct_ad_performance");
      for (int plant = 0; plant < 5; plant++) {
        LocalDate odd = FROM.plusDays(TAUGHT + 20 + gate.chance.nextInt(20));
        LocalDate before = odd.minusDays(1);
        List<String> channels = ads.get(odd).keySet().stream().map(k -> k.split("\\|")[0]).distinct()
            .filter(c -> ads.subMap(FROM.plusDays(TAUGHT), odd).values().stream().allMatch(d -> d.getOrDefault(c + "|spend", 0L) > 0)).toList();
        String channel = channels.get(gate.chance.nextInt(channels.size()));
        String dataset = plant == 2 ? "fct_order" : "fct_ad_performance";
        Map<String, Long> day = gate.days.get(dataset).get(odd);
        Map<String, Long> told = switch (plant) {
          case 0 -> gate.changed(day, (k, v) -> k.equals(channel + "|spend") ? v * 8 : v);
          case 1 -> gate.changed(day, (k, v) -> k.startsWith(channel + "|") ? null : v);
          case 2 -> gate.changed(day, (k, v) -> v * 3 / 10);
          case 3 -> gate.changed(day, (k, v) -> k.startsWith(channel + "|") ? ads.get(before).get(k) : v);
          default -> gate.changed(day, (k, v) -> k.startsWith(channel + "|") ? v * 2 : v);
        };
        String name = List.of("spend x 8", "channel missing", "orders x 0.3", "day told again under the next date", "day counted twice").get(plant);
        List<String> of = gate.held(dataset, odd, told, Set.of());
        boolean onItsDay = of.stream().anyMatch(h -> h.startsWith(odd + " " + dataset));
        boolean after = of.stream().anyMatch(h -> h.startsWith(odd.plusDays(1).toString()));
        int[] counts = found.computeIfAbsent(name, n -> new int[3]);
        counts[0]++;
        counts[1] += onItsDay ? 1 : 0;
        counts[2] += after ? 1 : 0;
      }
    }
    System.out.println("held of 90 clean days, by number of days, in how many worlds: " + new TreeMap<>(falsely));
    System.out.println("the same with the holiday in special_days: " + new TreeMap<>(named));
    found.forEach((name, c) -> System.out.printf("%s: held on its day %d of %d, the day after held %d%n", name, c[1], c[0], c[2]));
  }
}
