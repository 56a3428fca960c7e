package io.caravan.source;

import java.sql.Connection;

/**
 * A borrowed read-only session in a customer's database.
 *
 * @param type which dialect it speaks
 * @param connection auto-commit is off, and the server refuses writes where it can; do not close it
 */
public record SourceSession(SourceType type, Connection connection) {}
