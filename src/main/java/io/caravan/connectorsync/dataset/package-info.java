/**
 * Where connectors' records are kept (CN-03, and item 4 of "beyond every comparable system").
 *
 * <dl>
 *   <dt>dataset
 *   <dd>the records of one resource of a connector, in a real table of schema {@code connectorsync}
 *   <dt>load
 *   <dd>what one sync brings; streamed into a staging table, and merged in one transaction
 *   <dt>version
 *   <dd>how many loads have changed the dataset; every record carries the one that changed it last
 *   <dt>tombstone
 *   <dd>the row of a removed record, kept so that {@code changedSince} can tell about it
 *   <dt>set aside
 *   <dd>a record that cannot be stored, kept with the reason while the others go on
 * </dl>
 */
package io.caravan.connectorsync.dataset;
