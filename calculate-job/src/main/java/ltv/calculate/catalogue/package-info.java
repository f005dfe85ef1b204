/** Marts as a reader meets them: words, meanings, and numbers to build with. */
package ltv.calculate.catalogue;
