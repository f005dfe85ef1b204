/** The report of what is looked at and bought; its queries lie beside. */
package ltv.calculate.report.type.product;
