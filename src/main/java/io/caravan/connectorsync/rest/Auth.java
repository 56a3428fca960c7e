package io.caravan.connectorsync.rest;

import java.net.URI;
import java.util.Map;

/**
 * How requests prove who asks, without what is secret (CONTRACT, {@code config.auth}).
 *
 * @param header name of the vendor's header; of type {@link Type#HEADER} alone
 * @param tokenUrl where tokens are handed out; of type {@link Type#OAUTH2} alone, likewise the
 *     others
 * @param scope words separated by blanks; null for none
 * @param inBody whether the client's id and secret go in the body instead of a header
 * @param secrets under which name of the credentials each of the log-in's secrets stands, where
 *     that is not its own
 */
public record Auth(
    Type type,
    String header,
    URI tokenUrl,
    String scope,
    boolean inBody,
    Map<String, String> secrets) {
  /** The kinds of log-in. */
  public enum Type {
    NONE,
    BASIC,
    BEARER,
    HEADER,
    OAUTH2,
    /** A service account of Google's. */
    GOOGLE
  }

  static final Auth NONE = new Auth(Type.NONE, null, null, null, false, Map.of());
}
