/**
 * Connectors of type {@code rest}: what a declaration says, which requests follow from it, and when
 * a list has ended. Nothing here sends a request.
 */
package io.caravan.connectorsync.rest;
