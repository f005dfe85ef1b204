/**
 * What users are worth by campaign and channel, and how that moved: what the reports of channels
 * and of value both tell.
 */
package ltv.calculate.report.type.worth;
