/** The ingest job: what to read, reading it, typing it, committing it. */
package ltv.ingest;
