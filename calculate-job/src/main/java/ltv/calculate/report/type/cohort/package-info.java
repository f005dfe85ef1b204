/** The report of who comes again; its queries lie beside. */
package ltv.calculate.report.type.cohort;
