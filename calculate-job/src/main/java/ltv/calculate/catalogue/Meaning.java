package ltv.calculate.catalogue;

import java.util.Optional;
import java.util.Set;
import ltv.lake.Column;

/** What a value means to a reader: how a tool shows it, and what it offers to do with it. */
public enum Meaning {
  DAY(null),
  TIME(null),
  FLAG("type/Category"),
  ID("type/Category"),
  NAME("type/Name"),
  CATEGORY("type/Category"),
  COUNTRY("type/Country"),
  URL("type/URL"),
  TEXT("type/Description"),
  MONEY("type/Currency"),
  LOCAL_MONEY(null),
  SHARE("type/Percentage"),
  COUNT("type/Quantity"),
  NUMBER(null);

  private static final Set<String> TEXTS =
      Set.of("problem", "missing", "path", "parameters", "standard_errors");

  private final String metabase;

  Meaning(String metabase) {
    this.metabase = metabase;
  }

  /** The semantic type that Metabase knows it by; empty where its base type says all. */
  public Optional<String> metabase() {
    return Optional.ofNullable(metabase);
  }

  /** Whether it is a number that may be summed, averaged or compared. */
  public boolean isNumber() {
    return ordinal() >= MONEY.ordinal();
  }

  /** What a column holds, by its type, unit and name. */
  static Meaning of(Column column) {
    return switch (column.type().kind()) {
      case DATE -> DAY;
      case TIMESTAMP -> TIME;
      case BOOLEAN -> FLAG;
      case STRING -> ofText(column.name());
      case INT, LONG, DOUBLE, DECIMAL ->
          switch (column.unit()) {
            case "reporting currency" -> MONEY;
            case "account currency" -> LOCAL_MONEY;
            case "share" -> SHARE;
            default -> column.type().toString().matches("int|long") ? COUNT : NUMBER;
          };
    };
  }

  private static Meaning ofText(String name) {
    if (name.endsWith("_id")) {
      return ID;
    }
    if (name.endsWith("_name") || name.endsWith("_text")) {
      return NAME;
    }
    if (name.endsWith("_url")) {
      return URL;
    }
    if (name.equals("country")) {
      return COUNTRY;
    }
    return TEXTS.contains(name) ? TEXT : CATEGORY;
  }
}
