/** The shop's customer database: tables that change in place, read by what changed. */
package ltv.ingest.channel.crm;
