/**
 * The command line (CONTRACT section 2): the same jar serves, runs a pipeline in the foreground,
 * tells how things stand, or checks dataset files against a database.
 */
package io.caravan.cli;
