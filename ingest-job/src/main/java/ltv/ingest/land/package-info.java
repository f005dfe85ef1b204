/** The bytes as received, immutable: evidence, and the way to type again without asking again. */
package ltv.ingest.land;
