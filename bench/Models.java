import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.calculate.model.purchase.BgNbd;
import ltv.calculate.model.Fit;
import ltv.calculate.model.purchase.GammaGamma;
import ltv.calculate.model.purchase.MbgNbd;
import ltv.calculate.model.purchase.ParetoNbd;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.calculate.model.purchase.Spend;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Whether the models of repeat purchases find the parameters of customers whom they made, and what they take. Run by bench/models.
 *
 * <pre>
 * recover SEEDS CUSTOMERS   per model and parameter: how often the truth lies within three of the standard errors that the fit reports
 * speed CUSTOMERS           seconds of grouping, fits and scores of a year at the grain of days; peak memory
 * write FOLDER CUSTOMERS    the same customers as CSV with the fits found, for models.py
 * </pre>
 */
public final class Models {
  /** Near what is found in the CDNOW sample, weeks and dollars. */
  private static final double[] BG = {.25, 4.4, .8, 2.4};
  private static final double[] MBG = {.5, 6, .9, 1.6};
  private static final double[] PARETO = {.55, 10.6, .6, 11.7};
  private static final double[] SPEND = {6.25, 3.75, 15.4};

  private static final String[] BETA = {"r", "alpha", "a", "b"};
  private static final String[] LIFETIMES = {"r", "alpha", "s", "beta"};
  private static final String[] AMOUNTS = {"p", "q", "v"};
  private static final int WEEK = 7;
  private static final int WEEKS = 52;
  private static final int YEAR = 365;
  private static final double AHEAD = 39 * WEEK;

  /** As many customers as NUTS gets through in minutes. */
  private static final int SAMPLE = 20_000;

  /** Standard errors within which the truth has to lie, in that share of the fits. */
  private static final double ERRORS = 3;
  private static final double TARGET_SHARE = .95;
  private static final double TARGET_SECONDS = 1;

  private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public static void main(String... args) throws IOException {
    switch (args[0]) {
      case "recover" -> recover(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      case "speed" -> speed(Integer.parseInt(args[1]));
      case "write" -> write(Path.of(args[1]), Integer.parseInt(args[2]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Draws of one seed. */
  private static final class Chance {
    private final RandomDataGenerator draws;

    private Chance(long seed) {
      draws = new RandomDataGenerator(seed);
    }

    /** By shape and rate, as the models have it. */
    private double gamma(double shape, double rate) {
      return draws.nextGamma(shape, 1 / rate);
    }

    private double gap(double rate) {
      return draws.nextExponential(1) / rate;
    }

    /** BG/NBD with {@code chances} 0, MBG/NBD with 1: whether one may leave after the first purchase. Purchases of one {@code grain} of time are one at its end; 0 leaves them as they are. */
    private PurchaseHistory betaGeometric(int chances, double[] p, double age, double grain) {
      double rate = gamma(p[0], p[1]);
      double leaving = draws.nextBeta(p[2], p[3]);
      boolean there = chances == 0 || draws.nextUniform(0, 1) >= leaving;
      int repeats = 0;
      double last = 0;
      for (double now = gap(rate); there && now <= age; now += gap(rate)) {
        double when = grain > 0 ? grain * Math.ceil(now / grain) : now;
        repeats += when > last ? 1 : 0;
        last = when;
        there = draws.nextUniform(0, 1) >= leaving;
      }
      return new PurchaseHistory(repeats, last, age);
    }

    private PurchaseHistory pareto(double[] p, double age) {
      double rate = gamma(p[0], p[1]);
      double end = Math.min(age, gap(gamma(p[2], p[3])));
      int repeats = 0;
      double last = 0;
      for (double now = gap(rate); now <= end; now += gap(rate)) {
        repeats++;
        last = now;
      }
      return new PurchaseHistory(repeats, last, age);
    }

    /** The mean of so many purchases of one customer. */
    private double spent(double[] p, int times) {
      return times == 0 ? 0 : gamma(p[0] * times, gamma(p[1], p[2]) * times);
    }

    /** Who bought at any moment, observed for 1 to 52 weeks. */
    private Stream<PurchaseHistory> population(int customers, Function<Double, PurchaseHistory> customer) {
      return IntStream.range(0, customers).mapToObj(i -> customer.apply(draws.nextUniform(1, WEEKS)));
    }

    private Spend spend(Stream<PurchaseHistory> customers) {
      int[] times = customers.mapToInt(PurchaseHistory::repeats).toArray();
      return Spend.of(times, Arrays.stream(times).mapToDouble(x -> spent(SPEND, x)).toArray());
    }
  }

  private static PurchaseHistories grouped(Stream<PurchaseHistory> customers) {
    return PurchaseHistories.of(customers.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
  }

  private static void recover(int seeds, int customers) {
    System.out.printf("%d seeds, %,d customers each, observed for 1 to %d weeks; Gamma-Gamma: those of BG/NBD who bought again; mean ± sd of what fits are off by is 0 ± 1 where errors are right%n", seeds, customers, WEEKS);
    Function<Chance, Stream<PurchaseHistory>> buyers = chance -> chance.population(customers, age -> chance.betaGeometric(0, BG, age, 0));
    recover("BG/NBD", seeds, BG, chance -> BgNbd.of(grouped(buyers.apply(chance))).fit(), BETA);
    recover("MBG/NBD", seeds, MBG, chance -> MbgNbd.of(grouped(chance.population(customers, age -> chance.betaGeometric(1, MBG, age, 0)))).fit(), BETA);
    recover("Pareto/NBD", seeds, PARETO, chance -> ParetoNbd.of(grouped(chance.population(customers, age -> chance.pareto(PARETO, age)))).fit(), LIFETIMES);
    recover("Gamma-Gamma", seeds, SPEND, chance -> GammaGamma.of(chance.spend(buyers.apply(chance))).fit(), AMOUNTS);
  }

  private static void recover(String model, int seeds, double[] truth, Function<Chance, Fit> fit, String... names) {
    List<Fit> fits = IntStream.rangeClosed(1, seeds).mapToObj(Chance::new).map(fit).toList();
    long converged = fits.stream().filter(Fit::converged).count();
    System.out.printf("%s: converged %d of %d; %.1f evaluations in the mean%n", model, converged, seeds, fits.stream().mapToInt(Fit::evaluations).average().orElse(0));
    for (int p = 0; p < names.length; p++) {
      int i = p;
      // a fit that knows no error has missed: anything is within infinity
      List<Fit> known = fits.stream().filter(f -> Double.isFinite(f.standardErrors()[i])).toList();
      double[] off = known.stream().mapToDouble(f -> (f.parameters()[i] - truth[i]) / f.standardErrors()[i]).toArray();
      double[] offInLogs = known.stream().mapToDouble(f -> Math.log(f.parameters()[i] / truth[i]) / Math.sqrt(f.covariance()[i][i])).toArray();
      double error = known.stream().mapToDouble(f -> f.standardErrors()[i]).sorted().skip(known.size() / 2).findFirst().orElse(Double.NaN);
      String verdict = within(off) >= TARGET_SHARE * seeds ? "" : "; BELOW the target of %.0f %%".formatted(100 * TARGET_SHARE);
      System.out.printf("  %-5s %-5s within %.0f SE in %d of %d, its logarithm in %d; off by %s SE, in logarithms by %s; median SE %.2g%s%n", names[i], truth[i], ERRORS, within(off), seeds, within(offInLogs), spread(off), spread(offInLogs), error, verdict);
    }
  }

  private static long within(double[] off) {
    return Arrays.stream(off).filter(z -> Math.abs(z) <= ERRORS).count();
  }

  private static String spread(double[] off) {
    double mean = Arrays.stream(off).average().orElse(Double.NaN);
    return "%+.2f ± %.2f".formatted(mean, Math.sqrt(Arrays.stream(off).map(z -> (z - mean) * (z - mean)).sum() / (off.length - 1)));
  }

  /** Customers of a year, as flat as a table that is read: objects of them would be most of the memory. */
  private record Year(int[] repeats, int[] last, int[] age, double[] each) {
    private static Year of(int customers) {
      Year year = new Year(new int[customers], new int[customers], new int[customers], new double[customers]);
      Chance chance = new Chance(1);
      double[] inDays = {BG[0], BG[1] * WEEK, BG[2], BG[3]};
      for (int i = 0; i < customers; i++) {
        PurchaseHistory h = chance.betaGeometric(0, inDays, chance.draws.nextInt(1, YEAR), 1);
        year.repeats[i] = h.repeats();
        year.last[i] = (int) h.last();
        year.age[i] = (int) h.age();
        year.each[i] = chance.spent(SPEND, h.repeats());
      }
      return year;
    }

    private PurchaseHistory history(int i) {
      return new PurchaseHistory(repeats[i], last[i], age[i]);
    }

    /** The first of them. */
    private PurchaseHistories grouped(int customers) {
      return Models.grouped(IntStream.range(0, customers).mapToObj(this::history));
    }
  }

  private static void speed(int customers) throws IOException {
    Year year = Year.of(customers);
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    System.out.printf("%,d customers of 1 to %d days; seconds of the clock, in brackets of CPU with compiler and collector; one thread%n", customers, YEAR);
    PurchaseHistories histories = timed("grouping", 5, 0, () -> year.grouped(customers));
    int[] distinct = {0};
    histories.sum(h -> distinct[0]++);
    System.out.printf("  %,d distinct histories, %,d repeat purchases%n", distinct[0], histories.repeats());
    Fit bg = fitted("BG/NBD, fit", 5, TARGET_SECONDS, () -> BgNbd.of(histories).fit(), BETA);
    Fit mbg = fitted("MBG/NBD, fit", 5, TARGET_SECONDS, () -> MbgNbd.of(histories).fit(), BETA);
    scored("BG/NBD", () -> new BgNbd(bg), year, histories);
    scored("MBG/NBD", () -> new MbgNbd(mbg), year, histories);
    memory();
    Spend spend = Spend.of(year.repeats, year.each);
    fitted("Gamma-Gamma, fit to %,d who bought again".formatted(spend.customers()), 3, 0, () -> GammaGamma.of(spend).fit(), AMOUNTS);
    fitted("Pareto/NBD, fit", 1, 0, () -> ParetoNbd.of(histories).fit(), LIFETIMES);
    memory();
  }

  private static Fit fitted(String what, int again, double target, Supplier<Fit> work, String... names) {
    Fit fit = timed(what, again, target, work);
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      said.append("%s %.5g ± %.2g, ".formatted(names[i], fit.parameters()[i], fit.standardErrors()[i]));
    }
    System.out.printf("  %slog-likelihood %,.3f, %d evaluations, %s%n", said, fit.logLikelihood(), fit.evaluations(), fit.converged() ? "converged" : "NOT converged");
    return fit;
  }

  /** By a model that has scored nobody yet, each time: what it remembers is part of the cost. */
  private static void scored(String name, Supplier<PurchaseModel> model, Year year, PurchaseHistories histories) {
    double[] each = timed(name + ", scores of each customer", 5, TARGET_SECONDS, () -> scores(model.get(), year));
    System.out.printf("  in %.0f weeks %,.1f purchases, %,.1f customers return%n", AHEAD / WEEK, each[0], each[1]);
    double[] distinct = timed(name + ", scores of each distinct history", 5, TARGET_SECONDS, () -> {
      PurchaseModel fresh = model.get();
      return new double[] {histories.sum(known -> fresh.expected(known, AHEAD)), histories.sum(known -> fresh.returns(known, AHEAD))};
    });
    System.out.printf("  the sums differ by %.1e and %.1e of themselves%n", Math.abs(distinct[0] / each[0] - 1), Math.abs(distinct[1] / each[1] - 1));
  }

  private static double[] scores(PurchaseModel model, Year year) {
    double expected = 0;
    double returns = 0;
    for (int i = 0; i < year.age.length; i++) {
      PurchaseHistory known = year.history(i);
      expected += model.expected(known, AHEAD);
      returns += model.returns(known, AHEAD);
    }
    return new double[] {expected, returns};
  }

  /** Once for the JVM to see the code, then so many times again, of which the median counts; a target of 0 is none. It is held against the CPU, which other processes do not lengthen. */
  private static <T> T timed(String what, int again, double target, Supplier<T> work) {
    double[] wall = new double[again + 1];
    double[] cpu = new double[again + 1];
    T found = null;
    for (int n = 0; n <= again; n++) {
      long start = System.nanoTime();
      long used = SYSTEM.getProcessCpuTime();
      found = work.get();
      wall[n] = (System.nanoTime() - start) / 1e9;
      cpu[n] = (SYSTEM.getProcessCpuTime() - used) / 1e9;
    }
    String verdict = target == 0 ? "" : "; target %.0f s of CPU: %s".formatted(target, median(cpu) <= target ? "met" : "MISSED");
    System.out.printf("%s: first %.2f s (%.2f), then %.2f s (%.2f), median of %d%s%n", what, wall[0], cpu[0], median(wall), median(cpu), again, verdict);
    return found;
  }

  /** Without the first run. */
  private static double median(double[] runs) {
    return Arrays.stream(runs).skip(1).sorted().skip((runs.length - 1) / 2).findFirst().orElseThrow();
  }

  /** Garbage counts too: a heap is filled before it is swept. */
  private static void memory() throws IOException {
    long heap = ManagementFactory.getMemoryPoolMXBeans().stream().filter(p -> p.getType() == MemoryType.HEAP).mapToLong(p -> p.getPeakUsage().getUsed()).sum();
    String resident = Files.readString(Path.of("/proc/self/status")).replaceAll("(?s).*VmHWM:\\s*(\\d+)\\d{3} kB.*", "$1");
    System.out.printf("memory so far: peak heap at most %d MB of %d MB, peak RSS %s MB%n", heap >> 20, Runtime.getRuntime().maxMemory() >> 20, resident);
  }

  private static void write(Path folder, int customers) throws IOException {
    Year year = Year.of(customers);
    List<String> fits = new ArrayList<>(List.of("data,model,seconds,log_likelihood,parameter,estimate,error"));
    for (String data : List.of("all", "sample")) {
      PurchaseHistories histories = year.grouped(data.equals("all") ? customers : Math.min(SAMPLE, customers));
      write(fits, data + ",BG/NBD", () -> BgNbd.of(histories).fit(), BETA);
      write(fits, data + ",MBG/NBD", () -> MbgNbd.of(histories).fit(), BETA);
    }
    Spend spend = Spend.of(year.repeats, year.each);
    write(fits, "all,Gamma-Gamma", () -> GammaGamma.of(spend).fit(), AMOUNTS);
    Files.write(folder.resolve("fits.csv"), fits);
    Stream<String> lines = IntStream.range(0, customers).mapToObj(i -> year.repeats[i] + "," + year.last[i] + "," + year.age[i] + "," + year.each[i]);
    Files.write(folder.resolve("customers.csv"), (Iterable<String>) Stream.concat(Stream.of("repeats,last,age,each"), lines)::iterator);
  }

  /** Of the second run: the first is for the JVM to see the code. */
  private static void write(List<String> fits, String name, Supplier<Fit> fit, String... names) {
    fit.get();
    long start = System.nanoTime();
    Fit found = fit.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    for (int i = 0; i < names.length; i++) {
      fits.add("%s,%s,%s,%s,%s,%s".formatted(name, seconds, found.logLikelihood(), names[i], found.parameters()[i], found.standardErrors()[i]));
    }
  }
}
