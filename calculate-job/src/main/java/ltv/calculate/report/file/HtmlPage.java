package ltv.calculate.report.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ltv.calculate.report.Chart;
import ltv.calculate.report.Report;
import ltv.calculate.report.words.Text;

/**
 * A page that needs nothing but itself: styles, scripts and data lie in it, and its policy allows
 * exactly these.
 */
public final class HtmlPage {
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "ltv.calculate.report.page");
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              ((JsonFactoryBuilder) JsonFactory.builder()).characterEscapes(new InScript()).build())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private HtmlPage() {}

  /** A report as one file. */
  public static String of(Report report, Text text) {
    List<Chart> charts =
        report.content().sections().stream().flatMap(s -> s.chart().stream()).toList();
    return render("report.jte", Map.of("report", report, "t", text), text, charts, "report.js");
  }

  /**
   * Any page.
   *
   * @param template in src/main/jte
   * @param parameters of it, but for what each page has
   * @param data for the script, as the page's JSON
   * @param script beside this class
   */
  static String render(
      String template, Map<String, Object> parameters, Text text, Object data, String script) {
    return render(template, parameters, text, data, List.of("page.css"), List.of(script));
  }

  /**
   * A page with styles and scripts of its own.
   *
   * @param template in src/main/jte
   * @param parameters of it, but for what each page has
   * @param data for the scripts, as the page's JSON
   * @param styles beside this class or by their path, in their order
   * @param scripts likewise
   */
  public static String render(
      String template,
      Map<String, Object> parameters,
      Text text,
      Object data,
      List<String> styles,
      List<String> scripts) {
    String style = assets(styles);
    String code = assets(scripts);
    String library = asset(ECHARTS);
    Map<String, Object> all = new TreeMap<>(parameters);
    all.put("style", style);
    all.put("script", code);
    all.put("library", library);
    all.put("data", json(Map.of("data", data, "language", text.language())));
    all.put(
        "policy",
        "default-src 'none'; script-src %s %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
            .formatted(hash(library), hash(code), hash(style)));
    StringOutput page = new StringOutput(2 << 20);
    TEMPLATES.render(template, all, page);
    return page.toString();
  }

  /**
   * A page without drawings.
   *
   * @param template in src/main/jte
   * @param parameters of it, but for what each page has
   * @param text its language
   * @param data for the script, as the page's JSON
   * @param name of its own style and script, beside this class
   */
  public static String small(
      String template, Map<String, Object> parameters, Text text, Object data, String name) {
    String style = asset("page.css") + asset(name + ".css");
    String code = asset(name + ".js");
    Map<String, Object> all = new TreeMap<>(parameters);
    all.put("t", text);
    all.put("style", style);
    all.put("script", code);
    all.put("data", json(data));
    all.put(
        "policy",
        "default-src 'none'; script-src %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
            .formatted(hash(code), hash(style)));
    return part(template, all);
  }

  /** What a template says, as it is: for mail, and for pages without script. */
  public static String part(String template, Map<String, Object> parameters) {
    StringOutput part = new StringOutput();
    TEMPLATES.render(template, parameters, part);
    return part.toString();
  }

  /** Nothing in it can end the script element that it lies in, or open a comment there. */
  private static String json(Object data) {
    try {
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String assets(List<String> names) {
    return names.stream().map(HtmlPage::asset).collect(Collectors.joining("\n"));
  }

  private static String asset(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Escapes what HTML reads as markup, and what older scripts read as an end of line. */
  private static final class InScript extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final int LINE = 0x2028;
    private static final int PARAGRAPH = 0x2029;
    private final int[] ascii = standardAsciiEscapesForJSON();

    private InScript() {
      for (char c : new char[] {'<', '>', '&'}) {
        ascii[c] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public SerializableString getEscapeSequence(int c) {
      return c == LINE || c == PARAGRAPH ? new SerializedString("\\u%04x".formatted(c)) : null;
    }
  }
}
