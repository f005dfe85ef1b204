package ltv.calculate.report.words;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Bidi;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.WeekFields;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Week;

/**
 * Words and numbers in one language. Every pattern is written out, so that the locale data of
 * another JDK changes no byte.
 */
public final class Text {
  /** What is not known; never 0. */
  public static final String MISSING = "–";

  private static final DateTimeFormatter DAY_OF_YEAR =
      DateTimeFormatter.ofPattern("MM.dd", Locale.ROOT);

  private static final String MINUS = "−";
  private static final Pattern PLACE = Pattern.compile("\\{(\\d)\\}");
  private static final int LONGEST = 40;
  private static final double TEN_THOUSAND = 1e4;
  private static final double HUNDRED_MILLION = 1e8;
  private static final Control OF_THIS_LANGUAGE =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  private final Locale locale;
  private final String currency;
  private final ZoneId zone;

  /**
   * Words of a language.
   *
   * @param language ko or en
   * @param currency ISO code of all money
   * @param zone of instants
   */
  public Text(String language, String currency, ZoneId zone) {
    this.locale = Locale.forLanguageTag(language);
    this.currency = currency;
    this.zone = zone;
  }

  /** The language's code. */
  public String language() {
    return locale.getLanguage();
  }

  private boolean isKorean() {
    return language().equals("ko");
  }

  /** The currency of all money. */
  public String currency() {
    return currency;
  }

  /** The zone of days and instants. */
  public String zone() {
    return zone.getId();
  }

  /**
   * A text by its key; {@code {0}} stands for the first argument.
   *
   * @param key the bundle's name, a dot, and the key in it
   * @throws MissingResourceException when there is none
   */
  public String of(String key, Object... arguments) {
    int dot = key.indexOf('.');
    String text =
        ResourceBundle.getBundle(
                "ltv.calculate.report.words." + key.substring(0, dot), locale, OF_THIS_LANGUAGE)
            .getString(key.substring(dot + 1));
    return PLACE
        .matcher(text) // at once, since a name may look like a place
        .replaceAll(
            place -> {
              int i = Integer.parseInt(place.group(1));
              return i < arguments.length
                  ? Matcher.quoteReplacement(String.valueOf(arguments[i]))
                  : Matcher.quoteReplacement(place.group());
            });
  }

  /** A name that others gave, for use in a sentence: cut where it is long. */
  public static String foreign(String name) {
    int end = name.offsetByCodePoints(0, Math.min(LONGEST, name.codePointCount(0, name.length())));
    return apart(name.substring(0, end) + (end < name.length() ? "…" : ""));
  }

  /** A name of which no direction of its own turns the words after it. */
  public static String apart(String name) {
    return Bidi.requiresBidi(name.toCharArray(), 0, name.length())
        ? "\u2068" + name + "\u2069" // Unicode's isolates
        : name;
  }

  /** All texts of a bundle by their keys, for a script. */
  public SortedMap<String, String> all(String bundle) {
    ResourceBundle words =
        ResourceBundle.getBundle("ltv.calculate.report.words." + bundle, locale, OF_THIS_LANGUAGE);
    SortedMap<String, String> all = new TreeMap<>();
    words.keySet().forEach(key -> all.put(key, words.getString(key)));
    return all;
  }

  /** The text of a key that sources make up, such as a reason; the word itself where none is. */
  public String orSelf(String bundle, String word) {
    try {
      return of(bundle + "." + word);
    } catch (MissingResourceException e) {
      return word; // a reason that a site's own dataset has
    }
  }

  /** A value as readers see it; {@link #MISSING} for null. */
  public String value(Object value, Kind kind) {
    if (value == null) {
      return MISSING;
    }
    if (value instanceof Estimate estimate) {
      return value(estimate.value(), kind);
    }
    return switch (kind) {
      case TEXT -> value.toString();
      case DATE -> value.toString();
      case COUNT -> number("#,##0", value);
      case MONEY -> money(((Number) value).doubleValue());
      case PERCENT -> number("#,##0.0", percent(value)) + "%";
      case WHOLE_PERCENT -> number("#,##0", percent(value)) + "%";
      case CHANGE -> signed("#,##0.0", percent(value)) + "%";
      case TIMES -> number("#,##0.00", value) + "×";
      case DAYS -> of("common.days", number("#,##0", value));
    };
  }

  /** A band as readers see it; of one that is open on a side, the end that is known. */
  public String band(Estimate estimate, Kind kind) {
    if (estimate == null || estimate.low() == null && estimate.high() == null) {
      return MISSING;
    }
    if (estimate.high() == null) {
      return of("common.from", value(estimate.low(), kind));
    }
    return estimate.low() == null
        ? of("common.until", value(estimate.high(), kind))
        : value(estimate.low(), kind) + " – " + value(estimate.high(), kind);
  }

  private static BigDecimal percent(Object fraction) {
    return exactly(fraction).movePointRight(2);
  }

  /** What the number's shortest text says, so that halves are rounded as readers would. */
  private static BigDecimal exactly(Object number) {
    return new BigDecimal(number.toString());
  }

  private static String number(String pattern, Object value) {
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.HALF_UP);
    String text = format.format(exactly(value));
    if (!text.startsWith("-")) {
      return text;
    }
    return text.chars().anyMatch(c -> c >= '1' && c <= '9') // no minus before a zero
        ? MINUS + text.substring(1)
        : text.substring(1);
  }

  private String money(double amount) {
    if (!currency.equals("KRW")) {
      return currency + " " + number("#,##0.00", amount);
    }
    String won = number("#,##0", amount);
    if (isKorean()) {
      return won + "원";
    }
    return won.startsWith(MINUS) ? MINUS + "₩" + won.substring(1) : "₩" + won;
  }

  /** Money of a headline: large won in Korean as 만원 or 억원. */
  public String headline(Double value, Kind kind) {
    if (value == null || kind != Kind.MONEY || !currency.equals("KRW") || !isKorean()) {
      return value(value, kind);
    }
    if (Math.abs(value) >= HUNDRED_MILLION) {
      return number("#,##0.00", value / HUNDRED_MILLION) + "억원";
    }
    return Math.abs(value) >= 100 * TEN_THOUSAND
        ? number("#,##0", value / TEN_THOUSAND) + "만원"
        : value(value, kind);
  }

  /** How a number changed, with its sign: of fractions in points, of others in percent. */
  public String change(Headline headline) {
    if (headline.value() == null || headline.before() == null) {
      return MISSING;
    }
    double difference = headline.value() - headline.before();
    return switch (headline.kind()) {
      case PERCENT, WHOLE_PERCENT -> signed("#,##0.0", percent(difference)) + of("common.points");
      case DAYS -> of("common.days", signed("#,##0", difference));
      case TIMES -> signed("#,##0.00", difference);
      default ->
          headline.before() == 0
              ? MISSING
              : signed("#,##0.0", percent(difference / headline.before())) + "%";
    };
  }

  /** How a number changed, in percent with its sign; {@link #MISSING} where either is not known. */
  public String change(Double value, Double before) {
    return change(new Headline("", Kind.MONEY, value, before, 0, List.of()));
  }

  private static String signed(String pattern, Object value) {
    String text = number(pattern, value);
    return !text.startsWith(MINUS) && text.chars().anyMatch(c -> c >= '1' && c <= '9')
        ? "+" + text
        : text;
  }

  /** A day in words, with its weekday. */
  public String day(LocalDate day) {
    return day == null
        ? MISSING
        : DateTimeFormatter.ofPattern(
                isKorean() ? "yyyy년 M월 d일 (E)" : "EEE, d MMM yyyy",
                isKorean() ? Locale.KOREAN : Locale.ENGLISH)
            .format(day);
  }

  /** The n-th week of a month. */
  public String week(Week week) {
    int nth = week.month().get(WeekFields.ISO.weekOfMonth());
    String month =
        DateTimeFormatter.ofPattern("MMMM", isKorean() ? Locale.KOREAN : Locale.ENGLISH)
            .format(week.month());
    return of("common.week", month, nth);
  }

  /** The month of a week, with its year. */
  public String month(Week week) {
    return DateTimeFormatter.ofPattern(
            isKorean() ? "yyyy년 M월" : "MMMM yyyy", isKorean() ? Locale.KOREAN : Locale.ENGLISH)
        .format(week.month());
  }

  /** First and last day of a week. */
  public String range(Week week) {
    return DAY_OF_YEAR.format(week.monday()) + " ~ " + DAY_OF_YEAR.format(week.sunday());
  }

  /** The first day of a week, for where there is little room. */
  public String monday(Week week) {
    return DAY_OF_YEAR.format(week.monday());
  }

  /** An instant in the site's zone. */
  public String instant(Instant instant) {
    return instant == null
        ? MISSING
        : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).format(instant.atZone(zone));
  }
}
