/** The kinds of weekly reports, each of which has a package below. */
package ltv.calculate.report.type;
