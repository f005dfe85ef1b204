/** Adison, an offerwall without a public reporting API: a declared report from where it is kept. */
package ltv.ingest.channel.adison;
