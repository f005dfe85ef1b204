/**
 * Runs a dataset's query: sessions with parameters and functions defined, inputs visible by name.
 * DuckDB here; Spark in a module of its own behind the same {@link ltv.engine.Session}.
 */
package ltv.engine;
