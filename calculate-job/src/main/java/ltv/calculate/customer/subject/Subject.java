package ltv.calculate.customer.subject;

import java.time.LocalDate;
import java.util.List;
import ltv.calculate.customer.fitted.FittedModel;
import ltv.calculate.customer.history.Customers;

/** Something that models tell of customers. */
public interface Subject {
  /**
   * Its models, fitted to what was known on a day, and tried by what had been known earlier.
   *
   * @param days the trial's: it is fitted to what was known so many days before, and sees what came
   *     since; 0 for none
   * @return none where nothing has happened that they tell of
   */
  List<FittedModel> fit(Customers customers, LocalDate until, int days);
}
