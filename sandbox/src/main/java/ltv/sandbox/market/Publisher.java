package ltv.sandbox.market;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A site or app that shows the network's ads for some weeks.
 *
 * @param site the id
 * @param rule the fraud rule that some of its installs, or all of them together, fall under; empty
 *     for an honest one
 * @param from first day
 * @param to last day
 * @param weight how many more installs it brings than others
 */
public record Publisher(String site, String rule, LocalDate from, LocalDate to, int weight) {
  /** Each has installs of its own kind among honest ones. */
  private static final List<String> BY_INSTALL = List.of("R01", "R02", "R07", "R14", "R15");

  /** Rules that only all installs of a publisher together can break. */
  public static final List<String> BY_PUBLISHER =
      List.of("R03", "R04", "R05", "R09", "R10", "R11", "R12", "R13");

  /** In a smaller market nobody brings a crowd from one network in a day. */
  private static final double CROWD_FROM_SIZE = 4;

  private static final int HONEST = 9;

  /** A farm of devices needs more than ten a day to be one, and a crowd more than fifty. */
  private static final int MANY = 5;

  private static final int FARM_A_DAY = 12;
  private static final int CROWD_A_DAY = 60;

  /** Fewer installs than this say nothing of a publisher. */
  private static final long ENOUGH_INSTALLS = 100;

  private static final int SHIFTS = 4;

  /** Publishers that take turns: a quarter of the days each, all kinds in every larger market. */
  static List<Publisher> of(LocalDate from, int days, double size) {
    List<String> rules = new ArrayList<>();
    for (int set = 0; set < Math.max(1, size / 4); set++) {
      rules.addAll(BY_INSTALL);
      rules.addAll(BY_PUBLISHER);
      if (size < CROWD_FROM_SIZE) {
        rules.remove("R11");
      }
      for (int n = 0; n < HONEST; n++) {
        rules.add("");
      }
    }
    List<Publisher> publishers = new ArrayList<>();
    int shift = Math.max(1, days / SHIFTS);
    for (int n = 0; n < rules.size(); n++) {
      int turn = n % SHIFTS;
      LocalDate first = from.plusDays((long) turn * shift);
      LocalDate last = turn == SHIFTS - 1 ? from.plusDays(days - 1L) : first.plusDays(shift - 1L);
      String rule = rules.get(n);
      int weight = rule.equals("R09") || rule.equals("R11") ? MANY : 1;
      publishers.add(new Publisher("pub-" + n, rule, first, last, weight));
    }
    return List.copyOf(publishers);
  }

  /** Whose turn it is for one install of a day. */
  static Publisher on(LocalDate day, List<Publisher> all, Random random) {
    List<Publisher> there = new ArrayList<>();
    for (Publisher publisher : all) {
      if (!day.isBefore(publisher.from) && !day.isAfter(publisher.to)) {
        for (int n = 0; n < publisher.weight; n++) {
          there.add(publisher);
        }
      }
    }
    return there.get(random.nextInt(there.size()));
  }

  /**
   * Whether so many installs of all its days are enough to say anything of it: a farm or a crowd is
   * one by what it brings in a day.
   */
  boolean judgedBy(long installs) {
    long days = ChronoUnit.DAYS.between(from, to) + 1;
    long leastADay = rule.equals("R09") ? FARM_A_DAY : rule.equals("R11") ? CROWD_A_DAY : 0;
    return installs >= Math.max(ENOUGH_INSTALLS, leastADay * days);
  }

  /** Whether all its phones are of one model. */
  public boolean oneModel() {
    return rule.equals("R09") || rule.equals("R13");
  }

  /** Whether it is dishonest in a way that only all its installs together show. */
  public boolean dishonestAsAWhole() {
    return BY_PUBLISHER.contains(rule);
  }
}
