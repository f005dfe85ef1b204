/** From landed bytes to typed rows, inside DuckDB: no row passes through Java objects. */
package ltv.ingest.type;
