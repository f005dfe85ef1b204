/** The report of a site's week and of the way to a first order; its queries lie beside. */
package ltv.calculate.report.type.site;
