/** How what cohorts have paid grows with their age, and how far a small group is believed. */
package ltv.calculate.model.development;
