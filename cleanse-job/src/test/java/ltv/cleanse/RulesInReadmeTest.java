package ltv.cleanse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import org.junit.jupiter.api.Test;

/** The README's table of rules is what {@code fraud_rule} says where a site says nothing. */
class RulesInReadmeTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| (R\\d\\d) \\| [^|]+ \\|([^|]*)\\| (\\w+) \\|$", Pattern.MULTILINE);

  @Test
  void the_readme_names_every_rule_with_its_thresholds_and_action() throws IOException {
    SortedMap<String, String> told = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Repository.root().resolve("README.md")));
    while (row.find()) {
      for (String setting : row.group(2).strip().split(", ?")) {
        told.put(row.group(1) + " " + setting, row.group(3));
      }
    }

    assertEquals(defaults(), told);
  }

  private static SortedMap<String, String> defaults() {
    Dataset rules = Repository.datasets().get("fraud_rule");
    SortedMap<String, String> defaults = new TreeMap<>();
    try (DuckDbSession session = DuckDbCases.open()) {
      session.define("run_date", LocalDate.of(2026, 11, 19));
      for (String list : rules.schema().inputs().keySet()) {
        session.table(list, Repository.datasets().get(list).schema().columns(), List.of());
      }
      rules.build(session, "rules");
      session
          .rows("select rule_id, setting, value, action from rules")
          .forEach(
              r ->
                  defaults.put(
                      r.get(0) + " " + (r.get(1) == null ? "" : r.get(1) + " " + plain(r.get(2))),
                      (String) r.get(3)));
    }
    return defaults;
  }

  private static String plain(Object value) {
    return ((BigDecimal) value).stripTrailingZeros().toPlainString();
  }
}
