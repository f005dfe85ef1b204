/** What waits for a person to say what it is, and how to say it. */
package ltv.process.inbox;
