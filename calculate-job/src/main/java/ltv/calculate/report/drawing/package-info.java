/** What is drawn, from numbers that tables have too: by the page's script, or as SVG without it. */
package ltv.calculate.report.drawing;
