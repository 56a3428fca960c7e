package io.caravan.sandbox;

import java.time.Instant;
import java.util.Set;

/**
 * What a token opens.
 *
 * @param bases null for all of them
 * @param expiresAt null for never
 * @param grant of OAuth that it belongs to, null for a personal access token
 */
record AirtableAccess(
    AirtableUser user, Set<String> scopes, Set<String> bases, Instant expiresAt, String grant) {
  boolean reaches(String baseId) {
    return bases == null || bases.contains(baseId);
  }
}
