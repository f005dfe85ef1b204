/** Files that somebody drops into a folder: CSV, TSV, NDJSON, fixed columns. */
package ltv.ingest.channel.file;
