/**
 * Secrets: encrypted where they are kept, masked where they would be shown. Knows no other package
 * but failure.
 */
package io.caravan.secret;
