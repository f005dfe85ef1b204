package ltv.sandbox.market;

import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;

/**
 * One in-app event.
 *
 * @param user whose phone it happens on
 * @param member the app's id of who does it, or of who signs in first; empty if nobody ever does
 * @param told whether the event says so
 * @param at in the app's zone
 * @param value the event value's JSON
 * @param revenue whole won; 0 for an event without money
 */
public record Event(
    User user,
    String member,
    boolean told,
    String name,
    LocalDateTime at,
    String value,
    long revenue) {
  /** What an ad in the app earns, in thousandths of a won. */
  public static final long AD_THOUSANDTHS = 12_500;

  /** A word of the app's own that the event guide explains. */
  public static final String EXPLAINED = "찜하기";

  /** One that nobody has explained. */
  public static final String UNEXPLAINED = "lookbook_opened";

  private static final Map<String, String> SHORT =
      Map.of(
          "af_login", "login",
          "af_complete_registration", "sign_up",
          "af_content_view", "view_item",
          "af_purchase", "purchase");

  private static final Set<String> OF_PRODUCTS =
      Set.of("af_content_view", "af_purchase", EXPLAINED);

  /** The user id that the app sends with it; empty for none. */
  public String userId() {
    return told ? member : "";
  }

  /** The usual word for it. */
  public String shortName() {
    return SHORT.get(name);
  }

  /** Of a look, a wish or a purchase the product, some liked more than others; empty for none. */
  public String productId() {
    if (!OF_PRODUCTS.contains(name)) {
      return "";
    }
    int dice = Math.floorMod((user.appsFlyerId() + at).hashCode(), 64);
    return "P%02d".formatted(1 + (dice % 8) * (dice / 8));
  }

  /** The order's id inside the value, of an event with money. */
  public String orderId() {
    return value.replaceAll("(?s).*af_order_id\":\"([^\"]*).*", "$1");
  }
}
