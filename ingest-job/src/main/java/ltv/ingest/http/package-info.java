/**
 * One way to call a channel: timeouts, sizes, retries, limits, redaction. Both vendor clients and
 * our own calls go through it.
 */
package ltv.ingest.http;
