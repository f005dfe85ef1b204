/**
 * The page of a morning: how all four jobs' tables are, what readers see, and what mends the rest.
 */
package ltv.calculate.morning;
