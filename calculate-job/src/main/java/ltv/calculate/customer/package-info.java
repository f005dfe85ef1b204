/**
 * The datasets of customers: models that are fitted, tried and chosen, and what those in use say.
 */
package ltv.calculate.customer;
