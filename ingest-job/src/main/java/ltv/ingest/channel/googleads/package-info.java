/** Google Ads: what campaigns and ads cost and brought, read as a stream per customer and day. */
package ltv.ingest.channel.googleads;
