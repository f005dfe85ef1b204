/** A person's right to be forgotten: who is meant, and where they are still found. */
package ltv.ingest.erase;
