/** The command of the process job. What it computes lies in {@code sql/}. */
package ltv.process;
