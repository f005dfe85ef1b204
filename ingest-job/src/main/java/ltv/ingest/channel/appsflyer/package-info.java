/** AppsFlyer's raw-data reports: installs and in-app events, paid and organic, as CSV. */
package ltv.ingest.channel.appsflyer;
