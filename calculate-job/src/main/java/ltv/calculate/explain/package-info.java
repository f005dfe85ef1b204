/** Says why a number is what it is, and draws what is made of what. */
package ltv.calculate.explain;
