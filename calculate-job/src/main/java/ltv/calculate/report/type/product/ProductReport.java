package ltv.calculate.report.type.product;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import ltv.calculate.report.Headline;
import ltv.calculate.report.Kind;
import ltv.calculate.report.Report.Content;
import ltv.calculate.report.Section;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/** The products' week: what was looked at, bought, and bought together. */
public final class ProductReport {
  /** What its queries read, and must be built. */
  public static final List<String> MARTS = List.of("mart_product_daily");

  /** What they read where a site has it. */
  public static final List<String> OPTIONAL = List.of(ProductPairs.PAIRS);

  /** Twelve weeks, whichever day of the last of them is known. */
  public static final int WEEKS = 12;

  private final Facts facts;
  private final Text text;
  private final ProductWeeks weeks;
  private final Row week;
  private final List<Product> products;
  private final ProductTop top;
  private final ProductMovers movers;
  private final ProductUnsold unsold;
  private final ProductPairs pairs;

  private ProductReport(Facts facts, Text text) {
    this.facts = facts;
    this.text = text;
    this.weeks = new ProductWeeks(facts, text);
    this.week = weeks.get(monday());
    this.products = facts.rows(ProductReport.class, "products").stream().map(Product::new).toList();
    this.movers = new ProductMovers(text, products, weeks.comparable(monday()));
    this.top = new ProductTop(text, products, movers);
    this.unsold = new ProductUnsold(text, products);
    this.pairs = new ProductPairs(facts, text);
  }

  /** What the report says of a week, in the language of a text. */
  public static Content of(Facts facts, Text text) {
    return new ProductReport(facts, text).content();
  }

  private LocalDate monday() {
    return facts.week().monday();
  }

  private Content content() {
    List<Section> sections = new ArrayList<>();
    if (!weeks.isEmpty()) {
      sections.add(weeks.section());
    }
    if (!products.isEmpty()) {
      sections.add(top.section());
      sections.add(movers.section());
      sections.add(unsold.section());
    }
    sections.add(pairs.section());
    return new Content(
        finding(),
        weeks.isEmpty()
            ? List.of()
            : List.of(
                headline("revenue", Kind.MONEY),
                headline("orders", Kind.COUNT),
                headline("cart_rate", Kind.PERCENT),
                headline("repeat_rate", Kind.PERCENT)),
        changed(),
        reasons(),
        actions(),
        sections);
  }

  private Headline headline(String measure, Kind kind) {
    return new Headline(
        text.of("product." + measure),
        kind,
        week == null ? null : week.number(measure),
        weeks.before(monday(), measure),
        1,
        facts.week().last(WEEKS).stream().map(w -> weeks.past(w.monday(), measure)).toList());
  }

  private String change(String measure, Kind kind) {
    return text.change(headline(measure, kind));
  }

  private String finding() {
    if (weeks.isEmpty()) {
      return text.of("product.no_products");
    }
    if (week == null) {
      return text.of("product.nothing");
    }
    String revenue = text.value(week.number("revenue"), Kind.MONEY);
    if (weeks.before(monday(), "revenue") == null) {
      return text.of("product.alone", revenue);
    }
    String finding = text.of("product.finding", revenue, change("revenue", Kind.MONEY));
    return movers
        .largest()
        .map(move -> finding + " " + moved("product.finding_product", move))
        .orElse(finding);
  }

  private String moved(String key, Product product) {
    return text.of(
        key,
        product.said(),
        text.value(product.revenueBefore(), Kind.MONEY),
        text.value(product.revenue(), Kind.MONEY));
  }

  private List<String> changed() {
    if (week == null) {
      return List.of(text.of("product.nothing_changed"));
    }
    List<String> changed = new ArrayList<>();
    if (weeks.running(monday())) {
      changed.add(text.of("common.running"));
    }
    changed.add(
        text.of(
            "product.moved_orders",
            text.value(week.count("orders"), Kind.COUNT),
            change("orders", Kind.COUNT)));
    changed.add(
        text.of(
            "product.moved_cart",
            text.value(week.number("cart_rate"), Kind.PERCENT),
            change("cart_rate", Kind.PERCENT)));
    top.share().ifPresent(changed::add);
    return changed;
  }

  private List<String> reasons() {
    if (!weeks.comparable(monday())) {
      return List.of(text.of("product.not_comparable"));
    }
    List<String> reasons = new ArrayList<>();
    movers.surest(1).ifPresent(riser -> reasons.add(moved("product.riser", riser)));
    movers.surest(-1).ifPresent(faller -> reasons.add(moved("product.faller", faller)));
    if (!reasons.isEmpty()) {
      reasons.add(text.of("product.no_cause"));
    }
    return reasons.isEmpty() ? List.of(text.of("product.no_reason")) : reasons;
  }

  private List<String> actions() {
    if (weeks.isEmpty()) {
      return List.of(text.of("product.act_send"));
    }
    List<String> actions = new ArrayList<>();
    movers.surest(-1).ifPresent(p -> actions.add(text.of("product.act_faller", p.said())));
    unsold.lookedAt().ifPresent(actions::add);
    pairs.together().ifPresent(actions::add);
    return actions.isEmpty() ? List.of(text.of("product.no_action")) : actions;
  }
}
