/**
 * Journeys: who gets the credit for conversions, and what is done on the way to them. Plain numbers
 * in and out, seeded, beside the computations that read and tell them.
 */
package ltv.calculate.path;
