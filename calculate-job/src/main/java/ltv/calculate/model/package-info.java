/**
 * What models have in common: a likelihood, the parameters that make it largest, and how exactly
 * these are told. Models are formulas without input, output, clock or chance; the same data gives
 * the same parameters, whatever its order. They lie in {@code purchase}, {@code regression} and
 * {@code development}.
 */
package ltv.calculate.model;
