package ltv.calculate.bi;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import ltv.calculate.catalogue.BiColumn;
import ltv.calculate.catalogue.BiTable;
import ltv.calculate.catalogue.Meaning;
import ltv.calculate.catalogue.Metric;
import ltv.calculate.catalogue.Numbers;
import ltv.calculate.catalogue.Words;
import ltv.lake.ColumnType.Kind;

/** One table as a data source that Tableau opens: {@code .tds}. */
final class TableauSource {
  private static final String VERSION = "18.1";
  private static final String CONNECTION = "mysql.ltv";
  private static final String COLUMN = "column";
  private static final String CAPTION = "caption";

  /** Tableau's connector for MySQL is the one for MariaDB, too. */
  private static final String CONNECTOR = "mysql";

  private final Place place;
  private final Numbers numbers;
  private final Words words;

  TableauSource(Place place, Numbers numbers, Words words) {
    this.place = place;
    this.numbers = numbers;
    this.words = words;
  }

  /** The file's text. */
  String of(BiTable table) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("utf-8", "1.0");
      start(xml, "datasource", CAPTION, table.label(), "formatted-name", table.name());
      attributes(xml, "inline", "true", "version", VERSION);
      connection(xml, table);
      empty(xml, "aliases", "enabled", "yes");
      for (BiColumn column : table.columns()) {
        column(xml, column);
      }
      for (int i = 0; i < table.metrics().size(); i++) {
        metric(xml, table, i);
      }
      if (table.asOf() != null) {
        newest(xml, table.asOf());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }

  private void connection(XMLStreamWriter xml, BiTable table) throws XMLStreamException {
    start(xml, "connection", "class", "federated");
    start(xml, "named-connections");
    start(xml, "named-connection", CAPTION, place.host(), "name", CONNECTION);
    empty(xml, "connection", "class", CONNECTOR, "dbname", place.schema(), "server", place.host());
    attributes(xml, "port", String.valueOf(place.port()), "username", place.user());
    xml.writeEndElement();
    xml.writeEndElement();
    empty(xml, "relation", "connection", CONNECTION, "name", table.name(), "type", "table");
    attributes(xml, "table", "[" + table.name() + "]");
    xml.writeEndElement();
  }

  private void column(XMLStreamWriter xml, BiColumn column) throws XMLStreamException {
    boolean measure = column.meaning().isNumber() && !isAge(column);
    start(xml, COLUMN, CAPTION, column.label(), "datatype", type(column.type().kind()));
    attributes(xml, "name", "[" + column.name() + "]", "role", measure ? "measure" : "dimension");
    attributes(
        xml,
        "type",
        measure
            ? "quantitative"
            : type(column.type().kind()).equals("string") ? "nominal" : "ordinal");
    format(xml, column.meaning());
    if (!column.description().isEmpty()) {
      start(xml, "desc");
      start(xml, "formatted-text");
      start(xml, "run");
      xml.writeCharacters(column.description());
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** A number by which readers group: it is never added up. */
  private static boolean isAge(BiColumn column) {
    return column.type().kind() == Kind.INT;
  }

  private void metric(XMLStreamWriter xml, BiTable table, int at) throws XMLStreamException {
    Metric metric = table.metrics().get(at);
    String formula =
        metric.expression(name -> "[" + name + "]").replaceFirst("/ nullif\\((.*), 0\\)$", "/ $1");
    start(xml, COLUMN, CAPTION, "∑ " + table.labels().get(at), "datatype", "real");
    attributes(xml, "name", "[" + metric.name() + "]", "role", "measure", "type", "quantitative");
    format(xml, metric.meaning(table.meanings()));
    empty(xml, "calculation", "class", "tableau", "formula", formula.replace("sum(", "SUM("));
    xml.writeEndElement();
  }

  /** A filter for marts that tell everything anew for each day. */
  private void newest(XMLStreamWriter xml, String day) throws XMLStreamException {
    start(xml, COLUMN, CAPTION, words.label("is_newest"), "datatype", "boolean");
    attributes(xml, "name", "[is_newest]");
    attributes(xml, "role", "dimension", "type", "nominal");
    String formula = "[%1$s] = {MAX([%1$s])}".formatted(day);
    empty(xml, "calculation", "class", "tableau", "formula", formula);
    xml.writeEndElement();
  }

  private void format(XMLStreamWriter xml, Meaning meaning) throws XMLStreamException {
    var format = numbers.spreadsheet(meaning);
    if (format.isPresent()) {
      String kind = meaning == Meaning.SHARE ? "p" : "n";
      attributes(xml, "default-format", kind + format.get());
    }
  }

  private static String type(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> "boolean";
      case INT, LONG -> "integer";
      case DOUBLE, DECIMAL -> "real";
      case STRING -> "string";
      case DATE -> "date";
      case TIMESTAMP -> "datetime";
    };
  }

  private static void start(XMLStreamWriter xml, String name, String... attributes)
      throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeStartElement(name);
    attributes(xml, attributes);
  }

  private static void empty(XMLStreamWriter xml, String name, String... attributes)
      throws XMLStreamException {
    xml.writeCharacters("\n");
    xml.writeEmptyElement(name);
    attributes(xml, attributes);
  }

  private static void attributes(XMLStreamWriter xml, String... attributes)
      throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], attributes[i + 1]);
    }
  }
}
