/** The datasets of journeys: read, computed and told as rows. */
package ltv.calculate.journey;
