/** What models tell of customers: purchases, the next one, returns, spend, renewals, first days. */
package ltv.calculate.customer.subject;
