package io.caravan.connectorsync.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.reach.Credentials;
import io.caravan.reach.Reach;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Tokens of OAuth clients (RFC 6749 section 4.4). They are kept in memory alone, and used by all
 * connectors of one client until shortly before they expire.
 */
@Component
final class ClientTokens {
  private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(60);

  /** Spring's word for a token of which the server did not say how long it is good. */
  private static final Duration UNKNOWN = Duration.ofSeconds(1);

  /** RFC 6749 section 5.2. */
  private static final Set<String> ERRORS =
      Set.of(
          "invalid_client",
          "invalid_grant",
          "invalid_request",
          "invalid_scope",
          "unauthorized_client",
          "unsupported_grant_type",
          "access_denied");

  /** A client; shown without its secret. */
  record Client(URI tokenUrl, String id, String secret, String scope, boolean inBody) {
    @Override
    public String toString() {
      return "Client[" + tokenUrl.getHost() + "]";
    }
  }

  private record Token(String value, Instant until) {
    @Override
    public String toString() {
      return "Token[until " + until + "]";
    }
  }

  private final Cache<Client, Token> tokens =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofDays(1)).build();
  private final RestClientClientCredentialsTokenResponseClient client =
      new RestClientClientCredentialsTokenResponseClient();

  ClientTokens(Reach reach) {
    client.setRestClient(
        RestClient.builder()
            .requestFactory(new HttpComponentsClientHttpRequestFactory(reach.client()))
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.add(new FormHttpMessageConverter());
                  converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(HttpStatusCode::isError, ClientTokens::refuse)
            .build());
  }

  /** Credentials that fetch a token when they are used, and another one when it is refused. */
  Credentials of(Client of) {
    return Credentials.oauth2(
        new Credentials.Tokens() {
          @Override
          public String token() {
            return present(of);
          }

          @Override
          public boolean refused(String token) {
            tokens
                .asMap()
                .computeIfPresent(of, (_, kept) -> kept.value().equals(token) ? null : kept);
            return true;
          }
        });
  }

  /** One at a time for each client, so that a hundred connectors fetch one token. */
  private String present(Client of) {
    return tokens
        .asMap()
        .compute(
            of,
            (_, kept) -> kept != null && Instant.now().isBefore(kept.until()) ? kept : fetched(of))
        .value();
  }

  private Token fetched(Client of) {
    OAuth2AccessToken token;
    try {
      token =
          client
              .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration(of)))
              .getAccessToken();
    } catch (OAuth2AuthorizationException e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          of.tokenUrl().getHost()
              + " answers something that is no token; check config.auth.tokenUrl.",
          e);
    }
    Duration good = Duration.between(token.getIssuedAt(), token.getExpiresAt());
    if (good.compareTo(UNKNOWN) <= 0) {
      return new Token(token.getTokenValue(), Instant.MAX);
    }
    Duration early =
        good.dividedBy(2).compareTo(BEFORE_EXPIRY) < 0 ? good.dividedBy(2) : BEFORE_EXPIRY;
    return new Token(token.getTokenValue(), token.getExpiresAt().minus(early));
  }

  /** Whatever else the answer says is the server's own text, which may repeat what was sent. */
  private static void refuse(HttpRequest asked, ClientHttpResponse answer) throws IOException {
    String host = asked.getURI().getHost();
    int status = answer.getStatusCode().value();
    throw switch (status) {
      case 400, 401, 403 ->
          new Failure(
              FailureKind.AUTHORISATION,
              "%s hands out no token (HTTP %d%s); check credentials.clientId, credentials.clientSecret and config.auth."
                  .formatted(host, status, error(answer)));
      case 408, 425, 429, 500, 502, 503, 504 ->
          new Failure(
              FailureKind.TRANSIENT,
              "%s hands out no token just now (HTTP %d).".formatted(host, status));
      default ->
          new Failure(
              FailureKind.CONFIGURATION,
              "%s hands out no token (HTTP %d); check config.auth.tokenUrl."
                  .formatted(host, status));
    };
  }

  private static String error(ClientHttpResponse answer) throws IOException {
    try {
      String code =
          new OAuth2ErrorHttpMessageConverter().read(OAuth2Error.class, answer).getErrorCode();
      return ERRORS.contains(code) ? ", " + code : "";
    } catch (HttpMessageNotReadableException e) {
      return "";
    }
  }

  private static ClientRegistration registration(Client of) {
    return ClientRegistration.withRegistrationId("connector")
        .clientId(of.id())
        .clientSecret(of.secret())
        .clientAuthenticationMethod(
            of.inBody()
                ? ClientAuthenticationMethod.CLIENT_SECRET_POST
                : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .tokenUri(of.tokenUrl().toString())
        .scope(of.scope() == null ? new String[0] : of.scope().strip().split("\\s+"))
        .build();
  }
}
