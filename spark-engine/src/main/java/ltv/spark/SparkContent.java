package ltv.spark;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import ltv.engine.ContentHash;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DecimalType;

/**
 * DuckDB's {@link ContentHash}, computed where the rows are: each value is spelled as DuckDB spells
 * it.
 */
final class SparkContent implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String BETWEEN = "\u001f";
  private static final int SCIENTIFIC_FROM = 16;
  private static final int SCIENTIFIC_BELOW = -4;

  private long rows;
  private BigInteger lower = BigInteger.ZERO;
  private BigInteger upper = BigInteger.ZERO;

  private SparkContent() {}

  /** The hash of all columns of a frame. */
  static ContentHash of(Dataset<Row> frame) {
    SparkContent all =
        frame
            .toJavaRDD()
            .mapPartitions(rows -> List.of(of(rows)).iterator())
            .fold(new SparkContent(), SparkContent::plus);
    return ContentHash.of(all.rows, all.lower, all.upper);
  }

  private static SparkContent of(Iterator<Row> rows) {
    SparkContent content = new SparkContent();
    MessageDigest md5 = md5();
    while (rows.hasNext()) {
      content.add(md5.digest(text(rows.next()).getBytes(StandardCharsets.UTF_8)));
    }
    return content;
  }

  private void add(byte[] md5) {
    ByteBuffer halves = ByteBuffer.wrap(md5).order(ByteOrder.LITTLE_ENDIAN);
    upper = upper.add(new BigInteger(Long.toUnsignedString(halves.getLong())));
    lower = lower.add(new BigInteger(Long.toUnsignedString(halves.getLong())));
    rows++;
  }

  private static SparkContent plus(SparkContent a, SparkContent b) {
    SparkContent sum = new SparkContent();
    sum.rows = a.rows + b.rows;
    sum.lower = a.lower.add(b.lower);
    sum.upper = a.upper.add(b.upper);
    return sum;
  }

  private static String text(Row row) {
    StringJoiner text = new StringJoiner(BETWEEN);
    for (int i = 0; i < row.length(); i++) {
      Object value = row.get(i);
      String spelled =
          value instanceof BigDecimal number
              ? decimal(number, (DecimalType) row.schema().apply(i).dataType())
              : text(value);
      text.add(value == null ? "-" : "+" + spelled);
    }
    return text.toString();
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof LocalDateTime time) {
      return ""
          + ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
    }
    return String.valueOf(value);
  }

  /** Without the zero before the point where the type has no room for one. */
  private static String decimal(BigDecimal number, DecimalType type) {
    String plain = number.setScale(type.scale()).toPlainString();
    boolean noRoom = type.scale() > 0 && type.precision() == type.scale();
    return noRoom ? plain.replaceFirst("0\\.", ".") : plain;
  }

  /**
   * Shortest digits that read back equal, which Double.toString of Java 17 does not always give.
   */
  static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value > 0 ? "0.0" : "-0.0";
    }
    BigDecimal shortest = new BigDecimal(DoubleToDecimal.toString(value)).stripTrailingZeros();
    // Java wants two digits at least, which for the smallest numbers are one too many
    BigDecimal oneDigit = shortest.round(new MathContext(1));
    shortest = oneDigit.doubleValue() == value ? oneDigit.stripTrailingZeros() : shortest;
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= SCIENTIFIC_BELOW && exponent < SCIENTIFIC_FROM) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }
}
