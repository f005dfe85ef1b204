/** Where readers find the marts. They see one run's rows or the next one's, never a mix. */
package ltv.calculate.serve;
