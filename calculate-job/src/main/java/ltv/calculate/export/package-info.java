/** Rows of marts as files: for people's spreadsheets, and for programs. */
package ltv.calculate.export;
