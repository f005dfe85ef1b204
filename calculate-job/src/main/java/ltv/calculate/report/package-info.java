/** Weekly reports: what marts say, as a page, a workbook and tables that say the same. */
package ltv.calculate.report;
