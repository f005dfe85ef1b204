package ltv.calculate.model.purchase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.calculate.model.Fit;
import ltv.calculate.model.Likelihood;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** BG/NBD, MBG/NBD and Pareto/NBD against published numbers, and against what must hold of any. */
class PurchaseModelsTest {
  /** What BTYD fits, by which its walkthrough predicts. */
  private static final double[] BG = {.2425967, 4.413659, .7929869, 2.426164};

  private static final double[] PARETO = {.553, 10.58, .606, 11.656};

  private static PurchaseHistory history(int repeats, double last, double age) {
    return new PurchaseHistory(repeats, last, age);
  }

  private static PurchaseHistories grouped(List<PurchaseHistory> customers) {
    return PurchaseHistories.of(
        customers.stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
  }

  private static Fit given(double... parameters) {
    return new Fit(parameters, new double[4][4], 0, true, 0);
  }

  private static void assertClose(double relative, double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], relative * Math.abs(expected[i]), "parameter " + i);
    }
  }

  private record Published(
      String name,
      Function<PurchaseHistories, PurchaseModel> model,
      double[] parameters,
      double[] errors,
      double likelihood,
      PurchaseModel printedBy,
      double[] laterByRepeats,
      double tolerance) {}

  /** Parameters, standard errors and likelihoods of CLVTools, BTYD and an own check with scipy. */
  private static final List<Published> PUBLISHED =
      List.of(
          new Published(
              "BG/NBD",
              BgNbd::of,
              new double[] {.24259452, 4.41360201, .79292200, 2.42590672},
              new double[] {.01256, .37822, .18573, .70541},
              -9582.429207,
              new BgNbd(given(BG)),
              new double[] {.2251, .5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.5040, 6.1570},
              5e-5),
          new Published(
              "MBG/NBD",
              MbgNbd::of,
              new double[] {.52484316, 6.18308529, .89135939, 1.61400224},
              new double[] {.08327, .69562, .15479, .53750},
              -9582.135716,
              new MbgNbd(given(.52484316, 6.18308529, .89135939, 1.61400224)),
              new double[] {.185, .551, 1.049, 1.493, 2.104, 2.564, 3.361, 5.849},
              5e-4),
          new Published(
              "Pareto/NBD",
              ParetoNbd::of,
              new double[] {.55327708, 10.57768, .60623987, 11.66873},
              new double[] {.04763, .84272, .18728, 6.21111},
              -9594.976179,
              // BTYD prints these, but its parameters with three digits only
              new ParetoNbd(given(PARETO)),
              new double[] {.138, .600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403},
              9e-4));

  @TestFactory
  Stream<DynamicTest> the_cdnow_sample_gives_the_published_parameters_and_hold_out_means() {
    return PUBLISHED.stream()
        .map(
            published ->
                DynamicTest.dynamicTest(
                    published.name,
                    () -> {
                      Cdnow cdnow = Cdnow.sample();
                      PurchaseModel model = published.model.apply(grouped(cdnow.histories()));

                      assertClose(1e-4, published.parameters, model.fit().parameters());
                      assertClose(1e-3, published.errors, model.fit().standardErrors());
                      assertEquals(published.likelihood, model.fit().logLikelihood(), 1e-4);
                      assertTrue(model.fit().converged());
                      assertHoldOut(published, cdnow);
                    }));
  }

  private static void assertHoldOut(Published published, Cdnow cdnow) {
    double[] sums = new double[8];
    int[] customers = new int[8];
    for (PurchaseHistory known : cdnow.histories()) {
      int repeats = Math.min(7, known.repeats());
      sums[repeats] += published.printedBy.expected(known, 39);
      customers[repeats]++;
    }
    for (int x = 0; x < 8; x++) {
      double mean = sums[x] / customers[x];
      assertEquals(published.laterByRepeats[x], mean, published.tolerance * 1.0001, "after " + x);
    }
  }

  @Test
  void bg_nbd_predicts_what_its_authors_sheet_and_btyd_print() {
    BgNbd model = new BgNbd(given(BG));

    double[] weeks = {1 / 7.0, 1, 3, 223 / 7.0, 32};
    double[] expected = {.0078, .0532, .1506, 1.0405, 1.0437};
    for (int i = 0; i < weeks.length; i++) {
      assertEquals(expected[i], model.expected(weeks[i]), 5e-5, weeks[i] + " weeks");
    }
    assertEquals(1.444, model.expected(52), 5e-5);
    assertEquals(1.226, model.expected(history(2, 30.43, 38.86), 39), 5e-4);
    assertEquals(25.75659, model.expected(history(26, 216 / 7.0, 31), 52), 5e-4);
    assertEquals(.9688523, model.alive(history(26, 216 / 7.0, 31)), 5e-6);
  }

  @Test
  void expectations_are_the_mean_over_chances_to_leave_also_far_ahead() {
    BgNbd model = new BgNbd(given(BG));
    int steps = 200_000;
    for (double weeks : new double[] {1, 39, 78, 520}) {
      double sum = 0;
      double weight = 0;
      for (int i = 0; i < steps; i++) {
        double p = Math.pow((i + .5) / steps, 1 / BG[2]); // evens out p^(a - 1)
        double density = Math.pow(1 - p, BG[3] - 1);
        weight += density;
        sum += density * (1 - Math.pow(1 + p * weeks / BG[1], -BG[0])) / p;
      }
      assertEquals(
          sum / weight, model.expected(weeks), 2e-6 * model.expected(weeks), weeks + " weeks");
    }
  }

  @Test
  void many_purchases_long_ago_are_a_worse_sign_than_few() {
    BgNbd bg = new BgNbd(given(BG));
    assertClose(
        1e-6,
        new double[] {.3474606, .004158973, .0003583685},
        IntStream.of(10, 20, 25).mapToDouble(x -> bg.expected(history(x, 20, 39), 52)).toArray());
    ParetoNbd pareto = new ParetoNbd(given(PARETO));
    assertClose(
        2e-4,
        new double[] {.7062289, .1442396, .02250658, .00309267},
        IntStream.of(10, 15, 20, 25)
            .mapToDouble(x -> pareto.expected(history(x, 20, 39), 52))
            .toArray());
  }

  @Test
  void hundreds_of_purchases_and_years_give_numbers() {
    Likelihood bg = BetaGeometric.likelihood(0, grouped(List.of(history(200, 38, 40))));
    Likelihood mbg = BetaGeometric.likelihood(1, grouped(List.of(history(200, 38, 40))));
    double[] at = {.25, 4, .8, 2.5};
    assertEquals(100.79569309, bg.at(at, new double[4]), 1e-7);
    assertEquals(100.7869, mbg.at(at, new double[4]), 1e-4);
    PurchaseHistories once = grouped(List.of(history(0, 0, 40)));
    assertEquals(-.59947382, BetaGeometric.likelihood(0, once).at(at, new double[4]), 1e-8);
    assertEquals(-.41792826, BetaGeometric.likelihood(1, once).at(at, new double[4]), 1e-8);

    ParetoNbd pareto = new ParetoNbd(given(.5143, 2.8845, .2856, 14.1087));
    double[][] heavy = {
      {221, 103.43, 103.57}, {254, 97.14, 97.29}, {161, 94.71, 98}, {204, 98.57, 99.43}
    };
    for (double[] h : heavy) {
      double alive = pareto.alive(history((int) h[0], h[1], h[2]));
      assertTrue(alive > 0 && alive <= 1, h[0] + ": " + alive);
    }
    assertEquals(0, new BgNbd(given(BG)).alive(history(1000, 10, 100)), 1e-300);
  }

  private record Named(
      String name, PurchaseModel model, Function<PurchaseHistories, Likelihood> likelihood) {}

  private static List<Named> models() {
    return List.of(
        new Named(
            "BG/NBD", new BgNbd(given(.25, 4.4, .8, 2.4)), h -> BetaGeometric.likelihood(0, h)),
        new Named(
            "MBG/NBD", new MbgNbd(given(.5, 6.2, .9, 1.6)), h -> BetaGeometric.likelihood(1, h)),
        new Named("Pareto/NBD", new ParetoNbd(given(.55, 10.6, .6, 11.7)), ParetoNbd::likelihood));
  }

  /** Some customers whom no model made. */
  private static List<PurchaseHistory> some(Random random) {
    List<PurchaseHistory> customers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int repeats = random.nextInt(4) == 0 ? random.nextInt(30) : random.nextInt(2);
      double age = 1 + 60 * random.nextDouble();
      customers.add(history(repeats, repeats == 0 ? 0 : age * random.nextDouble(), age));
    }
    return customers;
  }

  @TestFactory
  Stream<DynamicTest> gradients_are_those_of_differences() {
    return models().stream()
        .map(
            named ->
                DynamicTest.dynamicTest(
                    named.name,
                    () -> {
                      Random random = new Random(1);
                      for (int n = 0; n < 20; n++) {
                        Likelihood likelihood = named.likelihood.apply(grouped(some(random)));
                        Gradients.assertThoseOfDifferences(likelihood, 4, random);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> neither_order_nor_grouping_nor_the_unit_of_time_matters() {
    return Stream.<Function<PurchaseHistories, PurchaseModel>>of(
            BgNbd::of, MbgNbd::of, ParetoNbd::of)
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model.apply(grouped(some(new Random(2)))).getClass().getSimpleName(),
                    () -> {
                      List<PurchaseHistory> customers = some(new Random(2));
                      Fit fit = model.apply(grouped(customers)).fit();
                      List<PurchaseHistory> shuffled = new ArrayList<>(customers);
                      Collections.shuffle(shuffled, new Random(3));
                      Fit again = model.apply(grouped(shuffled)).fit();
                      assertArrayEquals(fit.parameters(), again.parameters(), "bit by bit");

                      List<PurchaseHistory> twice = new ArrayList<>(customers);
                      twice.addAll(customers);
                      Fit doubled = model.apply(grouped(twice)).fit();
                      assertEquals(2 * fit.logLikelihood(), doubled.logLikelihood(), 1e-6);

                      PurchaseHistories days = grouped(customers).inTime(7);
                      Fit inDays = model.apply(days).fit();
                      assertEquals(
                          fit.logLikelihood() - days.repeats() * Math.log(7),
                          inDays.logLikelihood(),
                          1e-4);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> predictions_agree_with_one_another() {
    return models().stream()
        .map(
            named ->
                DynamicTest.dynamicTest(
                    named.name,
                    () -> {
                      PurchaseModel model = named.model;
                      Random random = new Random(4);
                      for (PurchaseHistory known : some(random)) {
                        double alive = model.alive(known);
                        double returns = model.returns(known, 4);
                        double expected = model.expected(known, 4);
                        assertTrue(alive >= 0 && alive <= 1);
                        assertTrue(returns >= 0 && returns <= alive + 1e-12);
                        assertTrue(
                            expected >= returns - 1e-12, "one return is one purchase at least");
                        assertTrue(model.expected(known, 8) >= expected);
                        double soon = model.expected(known, 1e-6);
                        assertEquals(soon, model.returns(known, 1e-6), 1e-3 * soon + 1e-15);
                      }
                    }));
  }
}
