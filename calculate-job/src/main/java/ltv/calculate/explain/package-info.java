/**
 * Walks from a number of any dataset back to what sources sent, by what the tables say of
 * themselves. Knows no dataset; what is told of one stands in its schema.
 */
package ltv.calculate.explain;
