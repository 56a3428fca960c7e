package io.caravan.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what: personal access tokens, and OAuth grants whose refresh tokens work once, as
 * Airtable's OAuth reference says. Thread-safe.
 */
final class AirtableTokens {
  static final Set<String> SCOPES =
      Set.of(
          "data.records:read",
          "data.records:write",
          "schema.bases:read",
          "schema.bases:write",
          "user.email:read");
  private static final Duration REFRESH_LIFETIME = Duration.ofDays(60);

  /** A refresh token that was given. */
  private record Refresh(String clientId, AirtableAccess access, Instant expiresAt) {}

  private final Clock clock;
  private final StandInIds ids = new StandInIds();
  private final Map<String, AirtableAccess> tokens = new HashMap<>();
  private final Map<String, String> clients = new HashMap<>();
  private final Map<String, Refresh> refreshTokens = new HashMap<>();
  private final Map<String, String> usedUp = new HashMap<>();
  private Duration lifetime = Duration.ofMinutes(60);
  private boolean reuseRevokes;
  private int refreshes;

  AirtableTokens(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(String token, AirtableAccess access) {
    tokens.put(token, access);
  }

  synchronized void client(String id, String secret) {
    clients.put(id, secret);
  }

  synchronized void lifetime(Duration time) {
    lifetime = time;
  }

  /** Whether a refresh token that is used twice ends its whole grant. */
  synchronized void reuseRevokes(boolean revokes) {
    reuseRevokes = revokes;
  }

  synchronized int refreshes() {
    return refreshes;
  }

  /**
   * Consent of a user to a client.
   *
   * @return the answer of the token endpoint, with the first pair
   */
  synchronized ObjectNode grant(
      String clientId, AirtableUser user, Set<String> bases, Set<String> scopes) {
    String grant = ids.next("ogr");
    return issue(clientId, new AirtableAccess(user, scopes, bases, null, grant));
  }

  /** The token, or all of its grant's tokens, stop working. */
  synchronized void revoke(String token) {
    AirtableAccess access =
        Optional.ofNullable(refreshTokens.get(token))
            .map(Refresh::access)
            .orElse(tokens.get(token));
    tokens.remove(token);
    if (access != null && access.grant() != null) {
      revokeGrant(access.grant());
    }
  }

  private void revokeGrant(String grant) {
    tokens.values().removeIf(access -> grant.equals(access.grant()));
    refreshTokens.values().removeIf(refresh -> grant.equals(refresh.access().grant()));
  }

  /**
   * What a request's token opens.
   *
   * @throws Refusal 401 when there is none, or it is unknown, expired or revoked
   */
  synchronized AirtableAccess access(StandInCall call) {
    String token = call.token().orElseThrow(AirtableErrors::authenticationRequired);
    AirtableAccess access = tokens.get(token);
    if (access == null
        || access.expiresAt() != null && !access.expiresAt().isAfter(clock.instant())) {
      throw AirtableErrors.invalidToken();
    }
    return access;
  }

  /** The token endpoint, for refresh tokens. */
  synchronized StandInAnswer exchange(StandInCall call) {
    Map<String, List<String>> form = call.form();
    String clientId = client(call, form);
    if (!"refresh_token".equals(first(form, "grant_type"))) {
      throw refused(400, "unsupported_grant_type");
    }
    String token = first(form, "refresh_token");
    if (reuseRevokes && usedUp.containsKey(token)) {
      revokeGrant(usedUp.get(token));
    }
    Refresh refresh = refreshTokens.get(token);
    if (refresh == null
        || !refresh.clientId().equals(clientId)
        || !refresh.expiresAt().isAfter(clock.instant())) {
      throw refused(400, "invalid_grant");
    }
    usedUp.put(token, refresh.access().grant());
    revokeGrant(refresh.access().grant());
    refreshes++;
    return StandInAnswer.ok(issue(clientId, refresh.access()));
  }

  /** A client with a secret says it in Basic authentication, one without names itself. */
  private String client(StandInCall call, Map<String, List<String>> form) {
    String id = first(form, "client_id");
    String secret = null;
    if (call.authorization().orElse("").startsWith("Basic ")) {
      String[] pair = basic(call.authorization().get().substring(6)).split(":", 2);
      id = pair[0];
      secret = pair.length == 2 && !pair[1].isEmpty() ? pair[1] : null;
    }
    if (!clients.containsKey(id) || !Objects.equals(clients.get(id), secret)) {
      throw refused(401, "invalid_client");
    }
    return id;
  }

  private static String basic(String encoded) {
    try {
      return new String(Base64.getDecoder().decode(encoded), UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused(400, "invalid_request");
    }
  }

  private ObjectNode issue(String clientId, AirtableAccess granted) {
    Instant now = clock.instant();
    String accessToken = "oaa" + ids.next("");
    String refreshToken = "oar" + ids.next("");
    AirtableAccess access =
        new AirtableAccess(
            granted.user(),
            new HashSet<>(granted.scopes()),
            granted.bases(),
            now.plus(lifetime),
            granted.grant());
    tokens.put(accessToken, access);
    refreshTokens.put(refreshToken, new Refresh(clientId, access, now.plus(REFRESH_LIFETIME)));
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", accessToken)
        .put("refresh_token", refreshToken)
        .put("token_type", "Bearer")
        .put("scope", String.join(" ", granted.scopes().stream().sorted().toList()))
        .put("expires_in", lifetime.toSeconds())
        .put("refresh_expires_in", REFRESH_LIFETIME.toSeconds());
  }

  private static String first(Map<String, List<String>> form, String name) {
    return form.containsKey(name) ? form.get(name).getFirst() : "";
  }

  private static Refusal refused(int status, String error) {
    return new Refusal(status, JsonNodeFactory.instance.objectNode().put("error", error), error);
  }
}
