/**
 * What reports rest on: rows of marts, what the ledger tells of their versions, and when a
 * difference is more than chance.
 */
package ltv.calculate.report.evidence;
