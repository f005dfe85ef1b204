/** The explorer: marts of one day as a page in which a reader chooses, and the browser computes. */
package ltv.calculate.explore;
