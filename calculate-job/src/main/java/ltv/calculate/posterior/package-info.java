/**
 * A hierarchical Bayesian model of campaigns' levels and its sampler: what the formulas that
 * forecasts use are held against. The same data and seed give the same draws.
 */
package ltv.calculate.posterior;
