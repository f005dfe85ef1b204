/** Mixpanel: the raw export of events, and the profiles of users. */
package ltv.ingest.channel.mixpanel;
