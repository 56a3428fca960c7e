/**
 * What Caravan is told before anything else starts: settings, checked all at once, and the data
 * directory that stands in for a database server and a secret store when nobody names one.
 *
 * <p>Words used here: <em>embedded</em> means that no {@code DATABASE_URL} is set, so PostgreSQL
 * runs below the data directory and secrets are generated into it; <em>attached</em> means that a
 * command found another Caravan serving from the same directory and uses its database.
 */
package io.caravan.setting;
