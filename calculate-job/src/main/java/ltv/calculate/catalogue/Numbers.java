package ltv.calculate.catalogue;

import java.util.Currency;
import java.util.Optional;

/** How numbers look in a tool: money in the site's currency with as many digits as that has. */
public final class Numbers {
  private final Currency currency;

  public Numbers(String code) {
    this.currency = Currency.getInstance(code);
  }

  /** The ISO code. */
  public String code() {
    return currency.getCurrencyCode();
  }

  /** Digits after the point of an amount. */
  public int digits() {
    return Math.max(0, currency.getDefaultFractionDigits());
  }

  /** In the language of d3, which Superset speaks; empty for what is no number. */
  public Optional<String> d3(Meaning meaning) {
    return switch (meaning) {
      case MONEY -> Optional.of(",." + digits() + "f");
      case LOCAL_MONEY, NUMBER -> Optional.of(",.2f");
      case SHARE -> Optional.of(",.1%");
      case COUNT -> Optional.of(",d");
      default -> Optional.empty();
    };
  }

  /** In the language of spreadsheets, which Tableau speaks; empty for what is no number. */
  public Optional<String> spreadsheet(Meaning meaning) {
    String whole = "#,##0";
    return switch (meaning) {
      case MONEY -> Optional.of(digits() == 0 ? whole : whole + "." + "0".repeat(digits()));
      case LOCAL_MONEY, NUMBER -> Optional.of("#,##0.00");
      case SHARE -> Optional.of("0.0%");
      case COUNT -> Optional.of(whole);
      default -> Optional.empty();
    };
  }
}
