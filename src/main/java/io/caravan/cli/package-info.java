/**
 * The command line (CONTRACT section 2): the same jar serves, runs a pipeline in the foreground, or
 * tells how things stand.
 */
package io.caravan.cli;
