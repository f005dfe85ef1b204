import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import ltv.calculate.path.MarkovChain;
import ltv.calculate.path.Paths;
import ltv.calculate.path.StepValue;

/** How long Markov attribution takes: all removal effects of twelve channels, by order of the chain, and the recounts of an interval. Run by bench/attribution. */
public final class Attribution {
  private static final int CHANNELS = 12;
  private static final int LONGEST = 12;
  private static final int TIMES = 15;

  /** Most touches are of few channels. */
  private static final double SKEW = 2.2;

  public static void main(String... args) {
    Paths paths = drawn(new Random(1), Integer.parseInt(args[0]));
    System.out.println("order  states  find states ms  solve ms");
    for (int order = 1; order <= 4; order++) {
      double[] finding = new double[TIMES];
      double[] solving = new double[TIMES];
      int states = 0;
      for (int time = 0; time < TIMES; time++) {
        long began = System.nanoTime();
        MarkovChain chain = new MarkovChain(paths, order);
        long found = System.nanoTime();
        chain.solve(paths.converting(), paths.others());
        solving[time] = (System.nanoTime() - found) / 1e6;
        finding[time] = (found - began) / 1e6;
        states = chain.states();
      }
      System.out.printf("%5d %7d %15.1f %9.1f%n", order, states, median(finding), median(solving));
    }
    long began = System.nanoTime();
    StepValue.of(paths, 1, 1);
    System.out.printf("intervals of all steps, 200 recounts: %.0f ms%n", (System.nanoTime() - began) / 1e6);
  }

  private static double median(double[] times) {
    return IntStream.range(0, times.length).mapToDouble(i -> times[i]).sorted().skip(times.length / 2).findFirst().orElseThrow();
  }

  private static Paths drawn(Random chance, int journeys) {
    List<int[]> courses = new ArrayList<>();
    double[] converting = new double[journeys];
    double[] others = new double[journeys];
    for (int p = 0; p < journeys; p++) {
      courses.add(IntStream.range(0, 1 + chance.nextInt(LONGEST)).map(i -> (int) (CHANNELS * Math.pow(chance.nextDouble(), SKEW))).toArray());
      converting[p] = chance.nextInt(3);
      others[p] = chance.nextInt(20);
    }
    return new Paths(CHANNELS, courses, converting, others);
  }
}
