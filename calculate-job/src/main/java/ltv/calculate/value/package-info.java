/** The datasets of value: read, computed and told as rows. */
package ltv.calculate.value;
