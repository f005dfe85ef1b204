/**
 * What machines are told of a run: its report in the warehouse, figures for Prometheus, lineage as
 * OpenLineage events. Knows no job, and decides nothing: whatever fails here is a warning.
 */
package ltv.watch;
