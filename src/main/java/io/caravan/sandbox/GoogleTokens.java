package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what: users by refresh tokens, which stay valid, and service accounts by signed
 * assertions, as Google's OAuth documentation says. Thread-safe.
 */
final class GoogleTokens {
  static final String SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets";
  static final String READ_ONLY = SPREADSHEETS + ".readonly";
  static final String DRIVE = "https://www.googleapis.com/auth/drive";
  static final String DRIVE_READ_ONLY = DRIVE + ".readonly";
  private static final Set<String> STORAGE =
      Set.of(
          "https://www.googleapis.com/auth/devstorage.read_only",
          "https://www.googleapis.com/auth/devstorage.read_write",
          "https://www.googleapis.com/auth/devstorage.full_control",
          "https://www.googleapis.com/auth/cloud-platform");
  private static final Set<String> WRITING =
      Set.of(SPREADSHEETS, DRIVE, "https://www.googleapis.com/auth/drive.file");
  private static final String JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  /** Google's own Java library signs for this one, whatever address the key file gives. */
  private static final String GOOGLE = "https://oauth2.googleapis.com/token";

  private static final Duration LONGEST_ASSERTION = Duration.ofHours(1);

  /**
   * What a token opens.
   *
   * @param expiresAt null for never
   * @param from the refresh token or account it was given for, which ends it when revoked
   */
  record Access(String email, Set<String> scopes, Instant expiresAt, String from) {
    boolean mayRead() {
      return scopes.contains(READ_ONLY) || mayWrite();
    }

    boolean mayReadFiles() {
      return scopes.contains(DRIVE) || scopes.contains(DRIVE_READ_ONLY);
    }

    boolean mayReadObjects() {
      return scopes.stream().anyMatch(STORAGE::contains);
    }

    boolean mayWrite() {
      return scopes.stream().anyMatch(WRITING::contains);
    }
  }

  private final Clock clock;
  private final StandInIds ids = new StandInIds();
  private final Map<String, Access> tokens = new HashMap<>();
  private final Map<String, String> clients = new HashMap<>();
  private final Map<String, Access> refreshTokens = new HashMap<>();
  private final Map<String, PublicKey> accounts = new HashMap<>();
  private Duration lifetime = Duration.ofSeconds(3599);
  private int refreshes;

  GoogleTokens(Clock clock) {
    this.clock = clock;
  }

  synchronized void token(String token, String email, Set<String> scopes) {
    tokens.put(token, new Access(email, scopes, null, token));
  }

  synchronized void client(String id, String secret) {
    clients.put(id, secret);
  }

  synchronized void refreshToken(String token, String email) {
    refreshTokens.put(token, new Access(email, Set.of(SPREADSHEETS), null, token));
  }

  synchronized void lifetime(Duration time) {
    lifetime = time;
  }

  synchronized int refreshes() {
    return refreshes;
  }

  /**
   * Makes a service account and its key.
   *
   * @return the key file
   */
  synchronized ObjectNode serviceAccount(String email, String tokenUrl) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      accounts.put(email, pair.getPublic());
      String key =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(pair.getPrivate().getEncoded());
      return JsonNodeFactory.instance
          .objectNode()
          .put("type", "service_account")
          .put("project_id", "caravan-sandbox")
          .put("private_key_id", ids.next(""))
          .put(
              "private_key",
              "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n")
          .put("client_email", email)
          .put("client_id", "100000000001")
          .put("token_uri", tokenUrl);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has RSA.", e);
    }
  }

  /** A token stops working; of a refresh token or an account's address all that it was given. */
  synchronized void revoke(String tokenOrEmail) {
    refreshTokens.remove(tokenOrEmail);
    accounts.remove(tokenOrEmail);
    tokens.remove(tokenOrEmail);
    tokens.values().removeIf(access -> access.from().equals(tokenOrEmail));
  }

  /**
   * What a request's token opens.
   *
   * @throws Refusal 401 when there is none, or it is unknown, expired or revoked
   */
  Access access(StandInCall call) {
    return find(call).orElseThrow(SheetsErrors::unauthenticated);
  }

  /** What a request's token opens; empty when there is none that is valid. */
  synchronized Optional<Access> find(StandInCall call) {
    return call.token()
        .map(tokens::get)
        .filter(
            access -> access.expiresAt() == null || access.expiresAt().isAfter(clock.instant()));
  }

  /**
   * The token endpoint.
   *
   * @param tokenUrl what the audience of an assertion may be, beside Google's own
   */
  synchronized StandInAnswer exchange(StandInCall call, String tokenUrl) {
    Map<String, List<String>> form = call.form();
    return switch (first(form, "grant_type")) {
      case "refresh_token" -> refresh(form);
      case JWT_GRANT -> assertion(first(form, "assertion"), tokenUrl);
      default -> throw refused(400, "unsupported_grant_type", "Invalid grant_type");
    };
  }

  private StandInAnswer refresh(Map<String, List<String>> form) {
    String client = first(form, "client_id");
    if (!clients.containsKey(client)
        || !Objects.equals(clients.get(client), first(form, "client_secret"))) {
      throw refused(401, "invalid_client", "The OAuth client was not found.");
    }
    Access granted = refreshTokens.get(first(form, "refresh_token"));
    if (granted == null) {
      throw refused(400, "invalid_grant", "Token has been expired or revoked.");
    }
    refreshes++;
    return issue(granted);
  }

  private StandInAnswer assertion(String assertion, String tokenUrl) {
    JsonWebSignature signature;
    try {
      signature = JsonWebSignature.parse(GsonFactory.getDefaultInstance(), assertion);
    } catch (IOException | IllegalArgumentException e) {
      throw refused(400, "invalid_grant", "Invalid JWT");
    }
    JsonWebSignature.Payload payload = signature.getPayload();
    PublicKey key = accounts.get(payload.getIssuer());
    if (key == null) {
      throw refused(400, "invalid_grant", "Invalid grant: account not found");
    }
    if (!isSignedWith(signature, key)) {
      throw refused(400, "invalid_grant", "Invalid JWT Signature.");
    }
    if (!Set.of(tokenUrl, GOOGLE).contains(String.valueOf(payload.getAudience()))) {
      throw refused(400, "invalid_grant", "Invalid JWT: Failed audience check.");
    }
    checkTimes(payload);
    Set<String> scopes = Set.copyOf(Arrays.asList(String.valueOf(payload.get("scope")).split(" ")));
    return issue(new Access(payload.getIssuer(), scopes, null, payload.getIssuer()));
  }

  private static boolean isSignedWith(JsonWebSignature signature, PublicKey key) {
    try {
      return "RS256".equals(signature.getHeader().getAlgorithm()) && signature.verifySignature(key);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void checkTimes(JsonWebSignature.Payload payload) {
    Instant now = clock.instant();
    Long from = payload.getIssuedAtTimeSeconds();
    Long to = payload.getExpirationTimeSeconds();
    Duration skew = Duration.ofMinutes(5);
    if (from == null
        || to == null
        || to - from > LONGEST_ASSERTION.toSeconds()
        || Instant.ofEpochSecond(from).isAfter(now.plus(skew))
        || Instant.ofEpochSecond(to).isBefore(now.minus(skew))) {
      throw refused(
          400,
          "invalid_grant",
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
              + " timeframe. Check your iat and exp values in the JWT claim.");
    }
  }

  private StandInAnswer issue(Access granted) {
    String token = "ya29." + ids.next("");
    tokens.put(
        token,
        new Access(
            granted.email(), granted.scopes(), clock.instant().plus(lifetime), granted.from()));
    return StandInAnswer.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", token)
            .put("expires_in", lifetime.toSeconds())
            .put("scope", String.join(" ", granted.scopes()))
            .put("token_type", "Bearer"));
  }

  private static String first(Map<String, List<String>> form, String name) {
    return form.containsKey(name) ? form.get(name).getFirst() : "";
  }

  private static Refusal refused(int status, String error, String description) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("error", error)
            .put("error_description", description);
    return new Refusal(status, body, description);
  }
}
