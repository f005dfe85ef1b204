/**
 * Meta's Marketing API: daily ad-level insights through the vendor's SDK over our own transport.
 */
package ltv.ingest.channel.meta;
