package ltv.calculate.text;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A customer in words.
 *
 * @param customer row of {@code mart_customer}, by column
 * @param segment row of {@code customer_segment}
 * @param tags rows of {@code mart_customer_tag}
 */
public record CustomerText(
    Map<String, Object> customer, Map<String, Object> segment, List<Map<String, Object>> tags) {

  private static final Map<String, String> BY =
      Map.of(
          "model", "the model in use",
          "own", "the customer's own gaps",
          "everybody", "everybody's gaps");

  /** Who it is, what was bought, what is expected and what is to be done, a line for each. */
  public String lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, as of %s: %s%s"
            .formatted(
                customer.get("customer_id"),
                customer.get("as_of_date"),
                segment("segment"),
                was()));
    lines.add(
        "  came        by %s %s%s"
            .formatted(
                customer.get("channel"), customer.get("campaign_id"), on("acquisition_date")));
    lines.add(
        "  visits      %s days since %s, the last on %s, %s days ago; paid %,.0f"
            .formatted(
                segment("visits"),
                customer.get("first_order_date"),
                segment("last_visit_date"),
                segment("silent_days"),
                number(segment, "paid")));
    lines.add("  next        " + next());
    lines.add("  expected    " + expected());
    lines.add("  to do       " + toDo());
    return String.join("\n", lines);
  }

  private Object segment(String column) {
    return segment.get(column);
  }

  private String was() {
    Object before = segment("segment_week_ago");
    return before.equals(segment("segment"))
        ? ""
        : before.equals("none") ? ", not a customer a week ago" : ", " + before + " a week ago";
  }

  private String on(String column) {
    return customer.get(column) == null ? "" : " on " + customer.get(column);
  }

  private String next() {
    LocalDate day = (LocalDate) segment("expected_visit_date");
    return day == null
        ? "no model, and nobody has come twice: nothing tells when"
        : "expected on %s, by %s%s".formatted(day, BY.get(segment("expected_by")), overdue());
  }

  private String overdue() {
    return Boolean.TRUE.equals(segment("is_overdue")) ? ": overdue" : "";
  }

  private String expected() {
    List<String> said = new ArrayList<>();
    if (customer.get("returns_30") != null) {
      said.add(
          "buys again within 30 days with %.1f %%".formatted(100 * number(customer, "returns_30")));
    }
    if (customer.get("next_order_date") != null) {
      said.add(
          "if at all, by %s (%s to %s)"
              .formatted(
                  customer.get("next_order_date"),
                  customer.get("next_order_earliest"),
                  customer.get("next_order_latest")));
    }
    if (customer.get("purchases_90") != null) {
      said.add(
          "%.1f days with a purchase and %,.0f within 90 days"
              .formatted(number(customer, "purchases_90"), number(customer, "value_90")));
    }
    return said.isEmpty()
        ? "no model knows more than one rule for everybody (mart_model)"
        : String.join("; ", said);
  }

  private String toDo() {
    return tags.isEmpty()
        ? "nothing"
        : String.join(
            ", ",
            tags.stream().map(t -> t.get("tag") + " since " + t.get("tagged_since")).toList());
  }

  private static double number(Map<String, Object> row, String column) {
    return row.get(column) == null ? Double.NaN : ((Number) row.get(column)).doubleValue();
  }
}
