/**
 * Models of whether customers will still buy or renew, how often, when and for how much, from when
 * each bought.
 */
package ltv.calculate.model.purchase;
