/**
 * Weekly reports. This package has the words that a report is made of, in the sense of sections,
 * tables and numbers that stand in them; it knows neither marts nor files. What is read lies in
 * {@code evidence}, how it is said in {@code words}, what each kind of report says in {@code type},
 * and how it becomes files in {@code file}.
 */
package ltv.calculate.report;
