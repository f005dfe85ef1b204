/** Events of GA4 and Firebase as they are exported to BigQuery, from there or from extracts. */
package ltv.ingest.channel.ga4export;
