/**
 * Models of what customers will still buy, by formula: no input, output, clock or chance. The same
 * data gives the same parameters, whatever its order.
 */
package ltv.calculate.model;
