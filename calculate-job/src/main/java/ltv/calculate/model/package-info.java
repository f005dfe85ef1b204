/**
 * Models of what customers will still buy, by formula: no input, output, clock or chance. The same
 * data gives the same parameters, whatever its order. A sampler, against which formulas are held,
 * has the chance of a seed that it is given.
 */
package ltv.calculate.model;
