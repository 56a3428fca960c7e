package io.caravan.connection;

import java.time.Instant;
import java.util.UUID;

/**
 * An owner's account with Airtable or Google, as people may see it.
 *
 * @param expiresAt of the access token; null when it does not expire or is made anew each time
 * @param clientId of the OAuth integration; null without one
 * @param needsReauth whether the owner has to connect again: nothing else brings it back
 * @param lastRefreshError why the last refresh failed; null when it did not
 */
public record Connection(
    UUID id,
    String ownerId,
    Instant expiresAt,
    String clientId,
    boolean needsReauth,
    Instant lastRefreshAttempt,
    String lastRefreshError,
    Instant createdAt) {}
