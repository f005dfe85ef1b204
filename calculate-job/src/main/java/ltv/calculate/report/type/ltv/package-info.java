/** The report of what users are worth and which campaign pays back; its queries lie beside. */
package ltv.calculate.report.type.ltv;
