/** The four jars as separate processes, from the outside: exit codes, stdout, tables, marts. */
package ltv.sandbox.chain;
