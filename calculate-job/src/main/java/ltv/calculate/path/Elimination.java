package ltv.calculate.path;

import java.util.Arrays;

/**
 * The probability that an absorbing chain ends in a conversion: what (I - Q) x = R says of its
 * start. States are eliminated one after another, their weight passed on to where they lead
 * (Grassmann, Taksar and Heyman, 1985). Nothing is ever subtracted, so that loops which are left
 * rarely cost no digits; a loop that is never left converts nobody. The state with the fewest ways
 * through it goes first, so that a sparse chain stays sparse.
 */
final class Elimination {
  private static final int START = 0;

  private final Row[] rows;
  private final int[][] sources;
  private final int[] sourceCount;
  private final int[] waysIn;
  private final boolean[] gone;

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
    for (int left = rows.length - 1; left > 0; left--) {
      eliminate(fewestWays());
    }
    Row start = rows[START];
    return start.converts == 0 ? 0 : start.converts / (start.converts + start.ends);
  }

  private int fewestWays() {
    int best = -1;
    long fewest = Long.MAX_VALUE;
    for (int state = 1; state < rows.length && fewest > 0; state++) {
      long ways = (long) waysIn[state] * rows[state].size;
      if (!gone[state] && ways < fewest) {
        best = state;
        fewest = ways;
      }
    }
    return best;
  }

  private void eliminate(int state) {
    Row through = rows[state];
    double total = through.total();
    gone[state] = true;
    for (int i = 0; i < sourceCount[state]; i++) {
      int source = sources[state][i];
      if (!gone[source]) {
        double weight = rows[source].take(state);
        if (total > 0) {
          passOn(source, through, weight / total);
        } else {
          rows[source].ends += weight;
        }
      }
    }
    for (int k = 0; k < through.size; k++) {
      waysIn[through.to[k]]--;
    }
    rows[state] = new Row();
  }

  private void passOn(int source, Row through, double factor) {
    Row row = rows[source];
    row.converts += factor * through.converts;
    row.ends += factor * through.ends;
    for (int k = 0; k < through.size; k++) {
      int to = through.to[k];
      if (to != source && row.add(to, factor * through.weight[k])) {
        cameFrom(to, source);
      }
    }
  }

  private void cameFrom(int to, int from) {
    if (sourceCount[to] == sources[to].length) {
      sources[to] = Arrays.copyOf(sources[to], 2 * sources[to].length);
    }
    sources[to][sourceCount[to]++] = from;
    waysIn[to]++;
  }

  /** Where a state leads, by the number of the state. */
  private static final class Row {
    private int[] to = new int[4];
    private double[] weight = new double[4];
    private int size;
    private double converts;
    private double ends;

    private double total() {
      double total = converts + ends;
      for (int k = 0; k < size; k++) {
        total += weight[k];
      }
      return total;
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
        to = Arrays.copyOf(to, 2 * size);
        weight = Arrays.copyOf(weight, 2 * size);
      }
      System.arraycopy(to, place, to, place + 1, size - place);
      System.arraycopy(weight, place, weight, place + 1, size - place);
      to[place] = state;
      weight[place] = more;
      size++;
      return true;
    }

    private double take(int state) {
      int at = Arrays.binarySearch(to, 0, size, state);
      double taken = weight[at];
      System.arraycopy(to, at + 1, to, at, size - at - 1);
      System.arraycopy(weight, at + 1, weight, at, size - at - 1);
      size--;
      return taken;
    }
  }
}
