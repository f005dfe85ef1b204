package ltv.calculate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerTextTest {
  private final Map<String, Object> customer =
      new HashMap<>(
          Map.of(
              "customer_id",
              "u1",
              "as_of_date",
              LocalDate.of(2026, 11, 19),
              "channel",
              "meta",
              "campaign_id",
              "1202",
              "acquisition_date",
              LocalDate.of(2026, 9, 1),
              "first_order_date",
              LocalDate.of(2026, 9, 3),
              "returns_30",
              .725,
              "purchases_90",
              2.31,
              "value_90",
              new BigDecimal("64300.0000")));

  private final Map<String, Object> segment =
      new HashMap<>(
          Map.of(
              "segment",
              "growing",
              "segment_week_ago",
              "new",
              "visits",
              5L,
              "paid",
              new BigDecimal("123456.0000"),
              "last_visit_date",
              LocalDate.of(2026, 11, 1),
              "silent_days",
              18L,
              "expected_visit_date",
              LocalDate.of(2026, 11, 12),
              "expected_by",
              "own",
              "is_overdue",
              true));

  @Test
  void says_who_it_is_and_what_is_to_be_done() {
    List<Map<String, Object>> tags =
        List.of(Map.of("tag", "growing_delayed", "tagged_since", LocalDate.of(2026, 11, 13)));

    customer.put("next_order_date", LocalDate.of(2026, 11, 25));
    customer.put("next_order_earliest", LocalDate.of(2026, 11, 20));
    customer.put("next_order_latest", LocalDate.of(2027, 1, 4));

    assertEquals(
        """
        u1, as of 2026-11-19: growing, new a week ago
          came        by meta 1202 on 2026-09-01
          visits      5 days since 2026-09-03, the last on 2026-11-01, 18 days ago; paid 123,456
          next        expected on 2026-11-12, by the customer's own gaps: overdue
          expected    buys again within 30 days with 72.5 %; if at all, by 2026-11-25 (2026-11-20 to 2027-01-04); 2.3 days with a purchase and 64,300 within 90 days
          to do       growing_delayed since 2026-11-13""",
        new CustomerText(customer, segment, tags).lines());
  }

  @Test
  void says_what_is_not_known() {
    customer.put("acquisition_date", null);
    for (String said : List.of("returns_30", "purchases_90")) {
      customer.put(said, null);
    }
    segment.put("segment_week_ago", "none");
    segment.put("expected_visit_date", null);

    assertEquals(
        """
        u1, as of 2026-11-19: growing, not a customer a week ago
          came        by meta 1202
          visits      5 days since 2026-09-03, the last on 2026-11-01, 18 days ago; paid 123,456
          next        no model, and nobody has come twice: nothing tells when
          expected    no model knows more than one rule for everybody (mart_model)
          to do       nothing""",
        new CustomerText(customer, segment, List.of()).lines());
  }
}
