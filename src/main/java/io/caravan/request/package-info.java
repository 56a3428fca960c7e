/**
 * What people send as JSON: fields read with their types, and patches that change only what they
 * name.
 */
package io.caravan.request;
