package ltv.calculate.catalogue;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * What columns, tables and numbers are called in one language. A name that nobody has put into
 * words is called by what it describes itself as, so that a new column needs no word.
 */
public final class Words {
  private static final Control OF_THIS_LANGUAGE =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  private final String language;
  private final ResourceBundle words;

  public Words(String language) {
    this.language = language;
    this.words =
        ResourceBundle.getBundle(
            "ltv.calculate.catalogue.words", Locale.forLanguageTag(language), OF_THIS_LANGUAGE);
  }

  public String language() {
    return language;
  }

  /** The text in this language, else the English one, else nothing. */
  String text(Map<String, String> byLanguage) {
    return byLanguage.getOrDefault(language, byLanguage.getOrDefault("en", "")).strip();
  }

  /** What a table, or a column of it, is called. */
  String label(String table, String name, Map<String, String> description) {
    return word(table + "." + name)
        .or(() -> word(name))
        .orElseGet(() -> language.equals("en") ? spelled(name) : beginning(description, name));
  }

  /** What a table, or anything else that is no column, is called. */
  public String label(String table) {
    return word(table).orElseGet(() -> spelled(table.replaceFirst("^mart_", "")));
  }

  private Optional<String> word(String key) {
    return words.containsKey(key) ? Optional.of(words.getString(key)) : Optional.empty();
  }

  private static String spelled(String name) {
    String words = name.replaceAll("_+", " ");
    return words.substring(0, 1).toUpperCase(Locale.ROOT)
        + words.substring(1).replaceAll("\\bid\\b", "ID").replaceAll("\\burl\\b", "URL");
  }

  /** The description up to where it goes into detail. */
  private String beginning(Map<String, String> description, String name) {
    String first = text(description).split("[.(:;,。]")[0].strip();
    return first.isEmpty() ? spelled(name) : first;
  }
}
