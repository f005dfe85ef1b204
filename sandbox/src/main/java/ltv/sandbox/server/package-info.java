/** The channels' wire formats over the simulated market, on the loopback address. */
package ltv.sandbox.server;
