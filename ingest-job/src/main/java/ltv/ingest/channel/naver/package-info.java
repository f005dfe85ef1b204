/** Naver Search Ad: daily report jobs of cost and conversions, and the names of campaigns. */
package ltv.ingest.channel.naver;
