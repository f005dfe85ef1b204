/** What commands tell people at a terminal: models, forecasts and customers in a few lines. */
package ltv.calculate.text;
