package ltv.ingest.erase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.engine.DuckDbSession;
import ltv.run.ExitCode;
import ltv.run.JobException;

/**
 * People by the ids that somebody knows of them. An id is found as a whole word in any text,
 * whatever its case; a phone number however it is written; a shop's own customer id, which may be
 * as short as 7, only where a column says that it is one.
 */
public final class Subjects {
  private static final int SHORTEST = 6;
  private static final int SHORTEST_PHONE = 9;
  private static final int TAIL = 4;
  private static final Pattern PHONE = Pattern.compile("[+0][0-9 ().+-]+");

  private static final Pattern NOBODY = Pattern.compile("[0-]+");

  /** What may stand around an id. A point is part of the next word only when one follows. */
  private static final String BEFORE = "(?<![\\p{L}\\p{N}._%+@-])";

  private static final String AFTER = "(?![\\p{L}\\p{N}_%+@-]|[.][\\p{L}\\p{N}])";

  private final List<String> ids;
  private final List<String> hashes = new ArrayList<>();
  private final List<String> customers;
  private final Pattern pattern;

  /** One of these is in every text that the pattern finds; to look for them takes much less. */
  private final List<String> parts = new ArrayList<>();

  /**
   * Some people.
   *
   * @param ids of persons, devices, mail boxes, phones
   * @param customers the shop's own ids
   * @param hash what tables hold instead of an id
   * @throws JobException with exit 64 for an id too short to be looked for, or of thousands
   */
  public Subjects(List<String> ids, List<String> customers, Function<String, List<String>> hash) {
    for (String id : ids) {
      if (id.strip().length() < SHORTEST) {
        throw new JobException(
            ExitCode.USAGE,
            "--subject takes ids of %d characters and more; a shorter one is in too many texts. Of a customer of the shop give --customer-id."
                .formatted(SHORTEST));
      }
      if (NOBODY.matcher(id.strip()).matches()) {
        throw new JobException(
            ExitCode.USAGE,
            "--subject %s is nobody's: every device whose user opted out has it. Give another id of the person."
                .formatted(id.strip()));
      }
      hashes.addAll(hash.apply(id.strip()));
    }
    if (ids.isEmpty() && customers.isEmpty()) {
      throw new JobException(ExitCode.USAGE, "Say who: --subject ID, --customer-id ID.");
    }
    this.ids = ids.stream().map(id -> id.strip().toLowerCase(Locale.ROOT)).toList();
    this.ids.forEach(id -> parts.addAll(parts(id)));
    parts.addAll(hashes);
    this.customers = customers.stream().map(String::strip).toList();
    this.pattern =
        Pattern.compile(
            Stream.concat(this.ids.stream().map(Subjects::written), hashes.stream())
                .collect(Collectors.joining("|", "(?:", ")")),
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String written(String id) {
    String word = BEFORE + Pattern.quote(id).replace("@", "\\E(?:@|%40)\\Q") + AFTER;
    return isPhone(id) ? word + "|" + phone(id) : word;
  }

  private static List<String> parts(String id) {
    List<String> parts = new ArrayList<>(List.of(id, id.replace("@", "%40")));
    if (isPhone(id)) {
      parts.add(tail(id));
    }
    return parts;
  }

  private static boolean isPhone(String id) {
    return PHONE.matcher(id).matches() && digits(id).length() >= SHORTEST_PHONE;
  }

  private static String digits(String id) {
    return id.replaceAll("[^0-9]", "");
  }

  /** Its digits without what a country and a trunk put before them. */
  private static String number(String id) {
    return digits(id).replaceFirst("^(00)?(82)?0?", "");
  }

  /** Its last digits, which nobody parts. */
  private static String tail(String id) {
    return digits(id).substring(digits(id).length() - TAIL);
  }

  private static String phone(String id) {
    String head = number(id).substring(0, number(id).length() - TAIL);
    String number = head.replaceAll("[0-9]", "$0[ .()-]*") + tail(id);
    return "(?<![0-9])(?:(?:00)?82[ -]?[(]?0?[)]?[ -]?|0)?" + number + "(?![0-9])";
  }

  /** Whether a text names one of them. */
  public boolean named(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return parts.stream().anyMatch(lower::contains) && pattern.matcher(text).find();
  }

  /** Whether a shop's customer id is of one of them. */
  public boolean customer(String id) {
    return customers.contains(id.strip());
  }

  /** A condition that is true at least of the texts of which {@link #named} is. */
  String condition(String text) {
    Stream<String> words =
        Stream.concat(ids.stream(), ids.stream().map(id -> id.replace("@", "%40")))
            .distinct()
            .map(id -> "contains(lower(%s), '%s')".formatted(text, DuckDbSession.quoted(id)));
    Stream<String> keys = hashes.stream().map(h -> "contains(%s, '%s')".formatted(text, h));
    Stream<String> phones =
        ids.stream()
            .filter(Subjects::isPhone)
            .map(
                id ->
                    "contains(regexp_replace(%s, '[^0-9]', '', 'g'), '%s')"
                        .formatted(text, number(id)));
    return Stream.concat(Stream.concat(words, keys), phones)
        .collect(Collectors.joining(" or ", "(", ")"))
        .replace("()", "false");
  }

  /** A condition on a row of a table, where ids are hashes and words. */
  public String condition(Collection<String> columns) {
    String text =
        columns.stream()
            .map(c -> '"' + c + '"')
            .collect(Collectors.joining(", ", "concat_ws(chr(31), ", ")"));
    Stream<String> words =
        ids.stream()
            .map(
                id ->
                    "regexp_matches(lower(%s), '(^|[^\\pL\\pN._%%+@-])' || regexp_escape('%s') || '($|[^\\pL\\pN_%%+@-])')"
                        .formatted(text, DuckDbSession.quoted(id)));
    Stream<String> keys = hashes.stream().map(h -> "contains(%s, '%s')".formatted(text, h));
    return Stream.concat(words, keys)
        .collect(Collectors.joining(" or ", "(", " or false)"))
        .replace("( or ", "(");
  }

  /** A condition on a column that holds a shop's customer ids. */
  public String customers(String column) {
    return customers.isEmpty()
        ? "false"
        : customers.stream()
            .map(id -> "'" + DuckDbSession.quoted(id) + "'")
            .collect(Collectors.joining(", ", column + " in (", ")"));
  }

  /** Not the ids: messages and logs outlive a person's data. */
  @Override
  public String toString() {
    return "%d ids, %d customers".formatted(ids.size(), customers.size());
  }
}
