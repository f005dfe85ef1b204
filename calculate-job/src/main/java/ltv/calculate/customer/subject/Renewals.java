package ltv.calculate.customer.subject;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.FittedModel;
import ltv.calculate.customer.fitted.FittedModel.State;
import ltv.calculate.customer.fitted.Quality;
import ltv.calculate.customer.fitted.Trial;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.history.Customers.Renewed;
import ltv.calculate.model.purchase.ShiftedBetaGeometric;
import ltv.lake.Fingerprint;

/** Whether subscribers will renew. */
public final class Renewals implements Subject {
  static final String NAME = "renewals";

  /** Who has not renewed for so many times the usual days has left. */
  private static final double LATEST = 1.5;

  @Override
  public List<FittedModel> fit(Customers customers, LocalDate until, int days) {
    Renewed seen = customers.renewals(until, until);
    if (Arrays.stream(seen.subscribers()).sum() == 0) {
      return List.of();
    }
    ShiftedBetaGeometric model = of(seen);
    Fingerprint data = Fingerprint.start();
    for (int i = 0; i < seen.subscribers().length; i++) {
      data.add(seen.renewals()[i] + " " + seen.gone()[i] + " " + seen.subscribers()[i]);
    }
    return List.of(
        new FittedModel(
            NAME,
            "sbg",
            until,
            State.CANDIDATE,
            false,
            Estimates.of(model.fit(), "alpha", "beta"),
            Arrays.stream(seen.subscribers()).sum(),
            IntStream.range(0, seen.subscribers().length)
                .mapToLong(i -> seen.renewals()[i] * seen.subscribers()[i])
                .sum(),
            data.hex(),
            days == 0 ? Optional.empty() : trial(customers, until, days)));
  }

  private static ShiftedBetaGeometric of(Renewed seen) {
    return ShiftedBetaGeometric.of(seen.counts(true), seen.counts(false));
  }

  private static Optional<Trial> trial(Customers customers, LocalDate until, int days) {
    Renewed before = customers.renewals(until.minusDays(days), until);
    if (days < LATEST * before.usualDays()) {
      return Optional.empty(); // not everybody has come to a renewal since
    }
    ShiftedBetaGeometric model = of(before);
    Surprise surprise = new Surprise();
    double expected = 0;
    double actual = 0;
    long asked = 0;
    for (int i = 0; i < before.subscribers().length; i++) {
      if (!before.gone()[i]) {
        long many = before.subscribers()[i];
        double chance = model.retention(before.renewals()[i] + 1);
        surprise.add(chance, before.renewedAfter()[i], many);
        expected += many * chance;
        actual += before.renewedAfter()[i] ? many : 0;
        asked += many;
      }
    }
    return asked == 0
        ? Optional.empty()
        : Optional.of(
            new Trial(
                days,
                asked,
                actual,
                expected,
                actual,
                surprise.mean(),
                surprise.ofAll(),
                Quality.UNTOLD));
  }
}
