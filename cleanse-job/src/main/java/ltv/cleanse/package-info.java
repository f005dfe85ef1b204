/** The command of the cleanse job. What it computes lies in {@code sql/}. */
package ltv.cleanse;
