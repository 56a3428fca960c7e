/**
 * Files as sources: found on disk, behind an address or in an object store, and read as records
 * whatever their format. A list of files is read as a whole when one of them has changed.
 */
package io.caravan.connectorsync.file;
