/**
 * Walks from rows to the rows that they were made of, by what the tables say of themselves, and
 * reads the lines that sources sent. Knows no dataset; what is told of one stands in its schema.
 */
package ltv.calculate.trace;
