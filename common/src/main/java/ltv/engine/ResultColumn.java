package ltv.engine;

/**
 * A column as a query returned it.
 *
 * @param name as the query names it
 * @param type as {@code schema.yml} would spell it, or the engine's own word for a type that the
 *     lake does not have
 */
public record ResultColumn(String name, String type) {}
