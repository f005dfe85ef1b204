/** Models of what users pay from what they did, and how near the chances are that models tell. */
package ltv.calculate.model.regression;
