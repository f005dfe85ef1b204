/** Whether the numbers of a day are as usual, asked before readers see them. */
package ltv.gate;
