/** The command line of the simulated ad world, and the score against its truth. */
package ltv.sandbox;
