/**
 * From cohorts of users and what they have paid to what they are still to pay, with what is not
 * known of it.
 */
package ltv.calculate.forecast;
