package io.caravan.connectorsync.vendor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.auth.Retryable;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.OAuth2CredentialsWithRefresh;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.caravan.connection.ServiceAccountKey;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.reach.Credentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Tokens of Google's service accounts (RFC 7523), by Google's own library. They are kept in memory
 * alone, and used by all connectors of one account until shortly before they expire.
 */
@Component
public final class ServiceAccounts {
  /** Where the credentials of a connector hold the key file. */
  public static final String SECRET = "serviceAccountJson";

  private final URI tokenUrl;
  private final Cache<UUID, ServiceAccountCredentials> accounts =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterAccess(Duration.ofHours(1)).build();

  /**
   * @param tokenUrl where tokens are made, whatever a key file says
   */
  public ServiceAccounts(@Value("${caravan.google-sheets.token-url}") URI tokenUrl) {
    this.tokenUrl = tokenUrl;
  }

  /**
   * Credentials that fetch a token when they are used, and another one when it is refused.
   *
   * @param key the file that Google writes for a service account
   * @param scopes words separated by blanks
   * @throws io.caravan.failure.InvalidInputException when it is no such file, without any part of
   *     it
   */
  public Credentials of(String key, String scopes) {
    ServiceAccountCredentials account = known(key, scopes);
    return Credentials.oauth2(
            new Credentials.Tokens() {
              @Override
              public String token() {
                return present(account).getTokenValue();
              }

              @Override
              public boolean refused(String token) {
                return renewed(account);
              }
            })
        .named(List.of(SECRET));
  }

  /**
   * A token for one of Google's own clients, which asks for another one when it is refused.
   *
   * @param key the file that Google writes for a service account
   * @param scopes words separated by blanks
   * @throws io.caravan.failure.InvalidInputException when it is no such file, without any part of
   *     it
   * @throws Failure of kind authorisation when Google does not take the key; transient when it does
   *     not answer
   */
  public OAuth2Credentials forClient(String key, String scopes) {
    ServiceAccountCredentials account = known(key, scopes);
    return OAuth2CredentialsWithRefresh.newBuilder()
        .setAccessToken(present(account))
        .setRefreshHandler(() -> another(account))
        .build();
  }

  private ServiceAccountCredentials known(String key, String scopes) {
    UUID id = UUID.nameUUIDFromBytes((scopes + "\n" + key).getBytes(StandardCharsets.UTF_8));
    return accounts.get(id, _ -> account(key, scopes));
  }

  private ServiceAccountCredentials account(String key, String scopes) {
    ServiceAccountKey.check(key);
    try {
      return ServiceAccountCredentials.fromStream(
              new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8)))
          .toBuilder()
          .setTokenServerUri(tokenUrl)
          .setScopes(Arrays.asList(scopes.strip().split("\\s+")))
          .build();
    } catch (IOException e) {
      throw new IllegalStateException("a key that was checked cannot be read", e);
    }
  }

  private static boolean renewed(ServiceAccountCredentials account) {
    try {
      account.refresh();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static AccessToken present(ServiceAccountCredentials account) {
    try {
      account.refreshIfExpired();
      return account.getAccessToken();
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private static AccessToken another(ServiceAccountCredentials account) {
    try {
      account.refresh();
      return account.getAccessToken();
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private static Failure explained(IOException refusal) {
    return refusal instanceof Retryable known && !known.isRetryable()
        ? new Failure(
            FailureKind.AUTHORISATION,
            "Google does not take the service account's key any more; write a new one into credentials.%s."
                .formatted(SECRET))
        : new Failure(FailureKind.TRANSIENT, "Google gave no token just now.", refusal);
  }
}
