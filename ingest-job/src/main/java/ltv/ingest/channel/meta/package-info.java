/**
 * Meta's Marketing API (Facebook, Instagram and the rest): daily insights by level and placement
 * through the vendor's SDK over our own transport.
 */
package ltv.ingest.channel.meta;
