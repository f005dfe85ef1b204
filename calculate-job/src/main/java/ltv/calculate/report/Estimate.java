package ltv.calculate.report;

/**
 * A number that is not known exactly.
 *
 * @param value what is expected
 * @param low lower end of its band, of 80 % where its column says nothing else; null for none
 * @param high upper end
 */
public record Estimate(Double value, Double low, Double high) {}
