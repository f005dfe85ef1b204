/** Tells of one row whether it counts, and why not. */
package ltv.cleanse.explain;
