/** Models of what customers will buy: fitted now and then, tried on what came, asked every day. */
package ltv.calculate.customer;
