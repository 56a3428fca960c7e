/** What connectors need to know of single vendors, beyond what a declaration can say. */
package io.caravan.connectorsync.vendor;
