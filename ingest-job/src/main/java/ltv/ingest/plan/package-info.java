/** What is read now and what later: how often a past day is read again. */
package ltv.ingest.plan;
