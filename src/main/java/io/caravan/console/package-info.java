/**
 * The pages that people look at in a browser: pipelines, runs, drift.
 *
 * <p>Each page is a template with one {@code main} that fetches itself anew every few seconds; to
 * such a request a page answers with that element alone. Buttons are forms: they post, and are sent
 * back to the page with a {@link io.caravan.console.Notice}. So all of it works without JavaScript,
 * too, only without moving by itself.
 */
package io.caravan.console;
