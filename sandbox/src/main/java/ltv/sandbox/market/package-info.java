/** The simulated market: who saw, installed and bought what. Seeded, without a clock. */
package ltv.sandbox.market;
