package ltv.calculate.path;

import java.util.Arrays;

/**
 * The probability that an absorbing chain ends in a conversion: what (I - Q) x = R says of its
 * start. States are eliminated one after another, their weight passed on to where they lead
 * (Grassmann, Taksar and Heyman, 1985). Nothing is ever subtracted, so that loops which are left
 * rarely cost no digits; a loop that is never left converts nobody. The state with the fewest ways
 * through it goes first; when those that remain lead nearly everywhere, they go as a dense table.
 * Of very many states the probabilities are passed on from state to state instead until no digit
 * changes: journeys are short.
 */
final class Elimination {
  private static final int START = 0;

  /** Of a table's places, how many may be used before it is worth being one. */
  private static final double SPARSE = .2;

  private static final int FEW = 16;
  private static final int MANY = 2000;
  private static final int MOST_SWEEPS = 100_000;
  private static final double NO_DIGIT = 1e-17;

  private final Row[] rows;
  private final int[][] sources;
  private final int[] sourceCount;
  private final int[] waysIn;
  private final boolean[] gone;
  private long ways;

  /**
   * @param states the start is the first; nothing leads to it
   */
  Elimination(int states) {
    rows = new Row[states];
    sources = new int[states][2];
    sourceCount = new int[states];
    waysIn = new int[states];
    gone = new boolean[states];
    Arrays.setAll(rows, i -> new Row());
  }

  /** Adds a way from one state to another; a way back to the same state changes nothing. */
  void way(int from, int to, double weight) {
    if (from != to && weight > 0 && rows[from].add(to, weight)) {
      cameFrom(to, from);
    }
  }

  /** Adds what ends in a conversion. */
  void converts(int from, double weight) {
    rows[from].converts += weight;
  }

  /** Adds what ends otherwise. */
  void ends(int from, double weight) {
    rows[from].ends += weight;
  }

  /** The probability; what was added is used up. */
  double conversion() {
    return rows.length > MANY ? passed() : eliminated();
  }

  private double passed() {
    double[] chance = new double[rows.length];
    double change = 1;
    for (int sweep = 0; sweep < MOST_SWEEPS && change > NO_DIGIT; sweep++) {
      change = 0;
      for (int state = rows.length - 1; state >= 0; state--) {
        double next = rows[state].chance(chance);
        change = Math.max(change, Math.abs(next - chance[state]));
        chance[state] = next;
      }
    }
    return chance[START];
  }

  private double eliminated() {
    long left = rows.length;
    while (left > 1 && (left < FEW || ways < SPARSE * left * left)) {
      eliminate(fewestWays());
      left--;
    }
    if (left > 1) {
      return dense((int) left);
    }
    return share(rows[START].converts, rows[START].ends);
  }

  private static double share(double converts, double ends) {
    return converts == 0 ? 0 : converts / (converts + ends);
  }

  private int fewestWays() {
    int best = -1;
    long fewest = Long.MAX_VALUE;
    for (int state = 1; state < rows.length && fewest > 0; state++) {
      long through = (long) waysIn[state] * rows[state].size;
      if (!gone[state] && through < fewest) {
        best = state;
        fewest = through;
      }
    }
    return best;
  }

  private void eliminate(int state) {
    Row through = rows[state];
    double total = through.total();
    gone[state] = true;
    ways -= through.size + waysIn[state];
    for (int k = 0; k < through.size; k++) {
      waysIn[through.to[k]]--;
    }
    for (int i = 0; i < sourceCount[state]; i++) {
      int source = sources[state][i];
      if (!gone[source]) {
        passOn(source, state, through, total);
      }
    }
    rows[state] = new Row();
    sources[state] = new int[0];
  }

  /** Gives what a state had from a source to where the state leads. */
  private void passOn(int source, int state, Row through, double total) {
    Row old = rows[source];
    Row row = new Row(old.size + through.size);
    double weight = old.weight[Arrays.binarySearch(old.to, 0, old.size, state)];
    double factor = total > 0 ? weight / total : 0;
    row.converts = old.converts + factor * through.converts;
    row.ends = old.ends + (total > 0 ? factor * through.ends : weight);
    int a = 0;
    int b = total > 0 ? 0 : through.size;
    while (a < old.size || b < through.size) {
      int first = a < old.size ? old.to[a] : Integer.MAX_VALUE;
      int second = b < through.size ? through.to[b] : Integer.MAX_VALUE;
      double more = 0;
      if (first <= second) {
        more += old.weight[a++];
      }
      if (second <= first) {
        more += factor * through.weight[b++];
      }
      int to = Math.min(first, second);
      if (to != state && to != source) {
        row.append(to, more);
        if (second < first) {
          cameFrom(to, source);
        }
      }
    }
    rows[source] = row;
  }

  private void cameFrom(int to, int from) {
    if (sourceCount[to] == sources[to].length) {
      sources[to] = Arrays.copyOf(sources[to], 2 * sources[to].length);
    }
    sources[to][sourceCount[to]++] = from;
    waysIn[to]++;
    ways++;
  }

  private double dense(int left) {
    int[] place = new int[rows.length];
    double[][] table = new double[left][left + 2]; // then conversions, and what ends otherwise
    int next = 0;
    for (int state = 0; state < rows.length; state++) {
      place[state] = gone[state] ? -1 : next++;
    }
    for (int state = 0; state < rows.length; state++) {
      if (!gone[state]) {
        Row row = rows[state];
        double[] line = table[place[state]];
        for (int k = 0; k < row.size; k++) {
          line[place[row.to[k]]] = row.weight[k];
        }
        line[left] = row.converts;
        line[left + 1] = row.ends;
      }
    }
    for (int state = left - 1; state > 0; state--) {
      eliminate(table, state, left);
    }
    return share(table[START][left], table[START][left + 1]);
  }

  private static void eliminate(double[][] table, int state, int ends) {
    double[] through = table[state];
    through[state] = 0;
    double total = through[ends] + through[ends + 1];
    for (int k = 0; k < state; k++) {
      total += through[k];
    }
    for (int i = 0; i < state; i++) {
      double[] line = table[i];
      double weight = line[state];
      if (weight > 0 && total > 0) {
        double factor = weight / total;
        for (int k = 0; k < state; k++) {
          line[k] += factor * through[k];
        }
        line[ends] += factor * through[ends];
        line[ends + 1] += factor * through[ends + 1];
        line[i] = 0;
      } else {
        line[ends + 1] += weight;
      }
    }
  }

  /** Where a state leads, by the number of the state. */
  private static final class Row {
    private int[] to;
    private double[] weight;
    private int size;
    private double converts;
    private double ends;

    private Row() {
      this(4);
    }

    private Row(int places) {
      to = new int[places];
      weight = new double[places];
    }

    private double total() {
      double total = converts + ends;
      for (int k = 0; k < size; k++) {
        total += weight[k];
      }
      return total;
    }

    /** Of converting from here, by the chances of where it leads. */
    private double chance(double[] chances) {
      double sum = converts;
      for (int k = 0; k < size; k++) {
        sum += weight[k] * chances[to[k]];
      }
      return sum == 0 ? 0 : sum / total();
    }

    private void append(int state, double more) {
      to[size] = state;
      weight[size++] = more;
    }

    /** Whether the way is a new one. */
    private boolean add(int state, double more) {
      int at = Arrays.binarySearch(to, 0, size, state);
      if (at >= 0) {
        weight[at] += more;
        return false;
      }
      int place = -at - 1;
      if (size == to.length) {
        to = Arrays.copyOf(to, 2 * size + 1);
        weight = Arrays.copyOf(weight, 2 * size + 1);
      }
      System.arraycopy(to, place, to, place + 1, size - place);
      System.arraycopy(weight, place, weight, place + 1, size - place);
      to[place] = state;
      weight[place] = more;
      size++;
      return true;
    }
  }
}
