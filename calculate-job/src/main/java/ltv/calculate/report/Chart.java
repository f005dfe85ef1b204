package ltv.calculate.report;

/**
 * A picture that the reader's browser draws of numbers that a table has too.
 *
 * @param id of its place in the page
 * @param kind which of the page's drawings: curve, lines or flow
 * @param said what it shows, in a sentence, for who cannot see it
 * @param data records and lists, as the drawing expects them
 */
public record Chart(String id, String kind, String said, Object data) {}
