/** Models as they were fitted: parameters, trials, and which of them is in use. */
package ltv.calculate.customer.fitted;
