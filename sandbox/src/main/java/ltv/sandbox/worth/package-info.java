/**
 * What people who came by many campaigns spend over months, without channels or servers: for
 * finding out how good forecasts are. Its behaviour is none of the models that the pipeline fits.
 */
package ltv.sandbox.worth;
