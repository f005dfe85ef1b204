/**
 * One run of one job: flags, exit codes, outcomes, the report on stdout, the clean end on a signal.
 * Knows no table, channel or mart.
 */
package ltv.run;
