/**
 * What a channel is: streams, accounts, one fetch, its failures. Each channel has a package of its
 * own below this one.
 */
package ltv.ingest.channel;
