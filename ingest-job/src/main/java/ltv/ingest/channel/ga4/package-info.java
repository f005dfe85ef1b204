/** Google Analytics 4: the Data API's reports, added up by Google. */
package ltv.ingest.channel.ga4;
