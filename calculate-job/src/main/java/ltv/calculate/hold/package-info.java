/** Partitions that are built and not published, and what people decide about them. */
package ltv.calculate.hold;
