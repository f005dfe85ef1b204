/** Reports as files: page, workbook and CSV of the same numbers, the same bytes for the same. */
package ltv.calculate.report.file;
