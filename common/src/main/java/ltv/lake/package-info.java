/**
 * Tables: Iceberg over the state database, partitions that a run replaces, pinned reads, the ledger
 * of what was built from what. Knows no query, no job and no channel.
 */
package ltv.lake;
