/** The command of the calculate job. What it computes lies in {@code sql/}. */
package ltv.calculate;
