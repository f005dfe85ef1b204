package ltv.calculate.catalogue;

import ltv.lake.ColumnType;

/**
 * One column as a reader sees it.
 *
 * @param name in the mart
 * @param type of its values
 * @param meaning of its values
 * @param label in the reader's language
 * @param description in the reader's language, may be empty
 */
public record BiColumn(
    String name, ColumnType type, Meaning meaning, String label, String description) {}
