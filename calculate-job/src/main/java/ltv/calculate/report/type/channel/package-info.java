/** The report of what channels cost and bring; its queries lie beside. */
package ltv.calculate.report.type.channel;
