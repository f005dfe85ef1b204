/**
 * What forecasts of earlier days would have said, what came, and what that teaches of the forecasts
 * of today: which to show, by how much to correct it, how wide its bands must be.
 */
package ltv.calculate.backtest;
