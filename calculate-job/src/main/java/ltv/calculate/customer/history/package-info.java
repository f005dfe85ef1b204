/** What customers were known to have done on a day, and what they did after it. */
package ltv.calculate.customer.history;
