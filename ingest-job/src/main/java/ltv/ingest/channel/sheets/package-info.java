/** Google Sheets. */
package ltv.ingest.channel.sheets;
