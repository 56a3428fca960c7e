package io.caravan.reach;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * What proves to a server who asks. It is put into a request at the last moment, and only when that
 * goes to the server it is meant for. Never shown: {@link #toString} says its kind alone.
 */
public final class Credentials {
  /** For servers that ask for none. */
  public static final Credentials NONE = new Credentials("none", "add auth to config", null, null);

  private final String kind;
  private final String renewal;
  private final String header;
  private final Tokens tokens;
  private String sent;
  private boolean renewed;

  private Credentials(String kind, String renewal, String header, Tokens tokens) {
    this.kind = kind;
    this.renewal = renewal;
    this.header = header;
    this.tokens = tokens;
  }

  /** Where tokens come from that are fetched when they are needed. */
  public interface Tokens {
    /** The present one; may fetch it, and may throw. */
    String token();

    /**
     * A server did not take this token.
     *
     * @return whether another one can be had
     */
    boolean refused(String token);
  }

  /** User and password (RFC 7617), in UTF-8. */
  public static Credentials basic(String username, String password) {
    String pair =
        Base64.getEncoder()
            .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    return new Credentials(
        "basic",
        "write the right ones into credentials.username and credentials.password",
        "Authorization",
        always("Basic " + pair));
  }

  /** A token (RFC 6750). */
  public static Credentials bearer(String token) {
    return new Credentials(
        "bearer",
        "write a new one into credentials.token",
        "Authorization",
        always("Bearer " + token));
  }

  /** A header of the vendor's own. */
  public static Credentials header(String name, String value) {
    return new Credentials("header", "write a new one into credentials.value", name, always(value));
  }

  /**
   * Tokens that are fetched (RFC 6749 section 4.4). When a server refuses one, another one is
   * tried, once.
   */
  public static Credentials oauth2(Tokens tokens) {
    return new Credentials(
        "oauth2",
        "check credentials.clientId and credentials.clientSecret, and what the client may do",
        "Authorization",
        new Tokens() {
          @Override
          public String token() {
            return "Bearer " + tokens.token();
          }

          @Override
          public boolean refused(String token) {
            return tokens.refused(token.substring("Bearer ".length()));
          }
        });
  }

  /**
   * The same, under the names that a connector's type gives them.
   *
   * @param names of the fields that somebody writes new ones into, for messages
   */
  public Credentials named(List<String> names) {
    return new Credentials(
        kind,
        "write %s into credentials.%s"
            .formatted(
                names.size() == 1 ? "a new one" : "the right ones",
                String.join(" and credentials.", names)),
        header,
        tokens);
  }

  private static Tokens always(String value) {
    return new Tokens() {
      @Override
      public String token() {
        return value;
      }

      @Override
      public boolean refused(String token) {
        return false;
      }
    };
  }

  /** The header that goes along; empty for none. */
  synchronized Optional<Header> toSend() {
    if (header == null) {
      return Optional.empty();
    }
    sent = tokens.token();
    return Optional.of(new BasicHeader(header, sent, true));
  }

  /** A server took them. */
  synchronized void accepted() {
    renewed = false;
  }

  /**
   * A server did not take them.
   *
   * @return whether it is worth asking again, with others
   */
  synchronized boolean refused() {
    if (renewed || sent == null) {
      return false;
    }
    renewed = tokens.refused(sent);
    return renewed;
  }

  /** What somebody does when a server refuses them. */
  String renewal() {
    return renewal;
  }

  @Override
  public String toString() {
    return "Credentials[" + kind + "]";
  }
}
