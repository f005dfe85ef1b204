/** Firestore: collections of documents, as they are when they are read. */
package ltv.ingest.channel.firestore;
