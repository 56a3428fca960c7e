package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Stands in for Airtable on this machine: records and metadata of the Web API and the OAuth token
 * endpoint, with Airtable's limits, checks and ways to say no. Bases are edited through {@link
 * AirtableTable} as a person would. Thread-safe.
 */
public final class AirtableServer implements AutoCloseable {
  private final StandInHttp http;
  private final AirtableWorkspace workspace;
  private final AirtableTokens tokens;
  private final AirtableLimits limits = new AirtableLimits();
  private final AirtableIterators iterators;

  private AirtableServer(int port, Clock clock) {
    http = new StandInHttp(port, "Airtable", AirtableErrors::ofStatus);
    workspace = new AirtableWorkspace(clock);
    tokens = new AirtableTokens(clock);
    iterators = new AirtableIterators(clock, workspace);
    AirtableApi api = new AirtableApi(workspace, tokens, limits, iterators);
    http.api(
        "/",
        call -> {
          throw AirtableErrors.notFound();
        });
    http.api("/v0/", api::route);
    http.tokens("/oauth2/v1/token", tokens::exchange);
  }

  /** A server on a free port of the loopback address, on the machine's time. */
  public static AirtableServer start() {
    return start(0, Clock.systemUTC());
  }

  /**
   * A server on the loopback address.
   *
   * @param port 0 for any that is free
   * @param clock of limits, expiries and records
   * @throws io.caravan.failure.Failure kind CONFIGURATION when the port is taken
   */
  public static AirtableServer start(int port, Clock clock) {
    AirtableServer server = new AirtableServer(port, clock);
    server.http.start();
    return server;
  }

  /** What AIRTABLE_API_URL has to be. */
  public String apiUrl() {
    return http.url();
  }

  /** What AIRTABLE_TOKEN_URL has to be. */
  public String tokenUrl() {
    return http.url() + "/oauth2/v1/token";
  }

  /** Adds a base; its id follows from its name. */
  public AirtableBase addBase(String name) {
    return addBase(StandInIds.of("app", name), name);
  }

  /**
   * Adds a base.
   *
   * @param id {@code app} and fourteen letters or digits
   */
  public AirtableBase addBase(String id, String name) {
    synchronized (workspace) {
      return workspace.add(id, name);
    }
  }

  /**
   * Adds bases with their tables, views and records.
   *
   * @param bases in the form of the demo's file, see {@link AirtableSeed}
   */
  public void load(JsonNode bases) {
    synchronized (workspace) {
      new AirtableSeed(this).load(bases);
    }
  }

  /**
   * A base that was added.
   *
   * @throws IllegalArgumentException when there is none
   */
  public AirtableBase base(String id) {
    synchronized (workspace) {
      return workspace
          .base(id)
          .orElseThrow(() -> new IllegalArgumentException("There is no base " + id + "."));
    }
  }

  /** Adds somebody who can be a collaborator. */
  public AirtableUser addUser(String email, String name) {
    synchronized (workspace) {
      return workspace.user(email, name);
    }
  }

  /** Makes a personal access token of the owner's valid for everything. */
  public AirtableServer token(String token) {
    return token(token, owner());
  }

  /** Makes a personal access token of somebody's valid for everything. */
  public AirtableServer token(String token, AirtableUser user) {
    tokens.add(token, new AirtableAccess(user, AirtableTokens.SCOPES, null, null, null));
    return this;
  }

  /**
   * Makes a personal access token valid for some bases.
   *
   * @param scopes for example {@code data.records:read}
   * @param baseIds none for all
   */
  public AirtableServer token(String token, Set<String> scopes, Set<String> baseIds) {
    tokens.add(
        token,
        new AirtableAccess(
            owner(),
            Set.copyOf(scopes),
            baseIds.isEmpty() ? null : Set.copyOf(baseIds),
            null,
            null));
    return this;
  }

  private AirtableUser owner() {
    return addUser("owner@example.com", "The Owner");
  }

  /**
   * Registers an OAuth integration.
   *
   * @param secret null when it has none
   */
  public AirtableServer oauthClient(String clientId, String secret) {
    tokens.client(clientId, secret);
    return this;
  }

  /**
   * The owner's consent to an integration, for all bases.
   *
   * @return the token endpoint's first answer: {@code access_token}, {@code refresh_token} and the
   *     others
   */
  public JsonNode grant(String clientId) {
    return tokens.grant(clientId, owner(), null, AirtableTokens.SCOPES);
  }

  /** How long access tokens live that are given from now on; an hour at first. */
  public void accessTokenLifetime(Duration lifetime) {
    tokens.lifetime(lifetime);
  }

  /** From now on a refresh token that is used twice ends its whole grant. */
  public void revokeOnReuse() {
    tokens.reuseRevokes(true);
  }

  /** A token stops working; one of OAuth takes its whole grant with it. */
  public void revoke(String token) {
    tokens.revoke(token);
  }

  /** How often a refresh token was exchanged. */
  public int refreshes() {
    return tokens.refreshes();
  }

  /** Every list that is under way has to begin anew. */
  public void expireIterators() {
    synchronized (workspace) {
      iterators.expire();
    }
  }

  /** Every list of the table's records that is under way has to begin anew. */
  public void expireIterators(AirtableTable table) {
    synchronized (workspace) {
      iterators.expire(table.ids());
    }
  }

  /** How long a list is kept that nobody goes on with; five minutes at first. */
  public void iteratorLifetime(Duration lifetime) {
    synchronized (workspace) {
      iterators.lifetime(lifetime);
    }
  }

  /** How long nothing succeeds after too many requests; 30 s at first, as documented. */
  public void ban(Duration time) {
    synchronized (workspace) {
      limits.ban(time);
    }
  }

  /** Other limits than five requests a second to a base and fifty of a user. */
  public void requestsPerSecond(int ofBase, int ofUser) {
    synchronized (workspace) {
      limits.perSecond(ofBase, ofUser);
    }
  }

  /** Whether the month's calls of the plan are used up. */
  public void billingLimit(boolean reached) {
    synchronized (workspace) {
      limits.billingLimit(reached);
    }
  }

  /** Lets the fault happen to the next requests of its kind. */
  public void fail(int times, Fault fault) {
    http.fail(times, fault);
  }

  /** Lets somebody act before each request to a base. */
  public void intercept(String baseId, Interceptor interceptor) {
    http.intercept(baseId, interceptor);
  }

  /** Every request from now on takes at least so long. */
  public void latency(Duration atLeast) {
    http.latency(atLeast);
  }

  /** What was received so far. */
  public Requests requests() {
    return http.requests();
  }

  AirtableWorkspace workspace() {
    return workspace;
  }

  @Override
  public void close() {
    http.close();
  }
}
