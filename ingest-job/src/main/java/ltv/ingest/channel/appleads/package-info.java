/** Apple Search Ads: what campaigns and ad groups cost and brought, page by page. */
package ltv.ingest.channel.appleads;
