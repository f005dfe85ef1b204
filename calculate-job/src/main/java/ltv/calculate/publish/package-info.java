/**
 * Where reports lie and who is told of them: versions that never change, the pages that lead to
 * them, and messages. What a report says is made in {@code ltv.calculate.report}.
 */
package ltv.calculate.publish;
