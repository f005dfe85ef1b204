/**
 * A dataset is a folder: query, columns, checks, cases. The stage builds its partitions, and a job
 * is the list of its datasets in the order of their inputs.
 */
package ltv.dataset;
