/**
 * Keeps an Airtable table and a Google Sheets tab in step.
 *
 * <p>The heart is {@link io.caravan.sheetsync.Merge}, a pure function: what both sides hold and
 * what they held when they last agreed goes in, a {@link io.caravan.sheetsync.Plan} comes out.
 * Nothing is read or written on the way, so that a plan can be shown, journalled and repeated.
 */
package io.caravan.sheetsync;
