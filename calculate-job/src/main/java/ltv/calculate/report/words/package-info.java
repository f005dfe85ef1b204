/** How words and numbers are written in Korean and English; the bundles lie beside. */
package ltv.calculate.report.words;
