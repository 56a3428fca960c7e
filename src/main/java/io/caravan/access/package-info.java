/**
 * Who may call what: the API's bearer token, the log-in of the console and Hawtio, and what the API
 * says about itself.
 */
package io.caravan.access;
