/** The common SQL on Spark, behind the session interface that DuckDB has too. */
package ltv.spark;
