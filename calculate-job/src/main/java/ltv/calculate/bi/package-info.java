/** What BI tools import: connection, tables, words, charts. */
package ltv.calculate.bi;
