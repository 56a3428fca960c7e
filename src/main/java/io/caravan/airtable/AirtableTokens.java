package io.caravan.airtable;

import io.caravan.connection.AirtableConnections;
import io.caravan.connection.AirtableConnections.Refresh;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Refreshes OAuth tokens (Airtable, OAuth reference: refreshing rotates both tokens, and {@code
 * invalid_grant} is final).
 */
@Component
public class AirtableTokens {
  private final AirtableConnections connections;
  private final AirtableProperties properties;
  private final RestClientRefreshTokenTokenResponseClient client =
      new RestClientRefreshTokenTokenResponseClient();

  AirtableTokens(AirtableConnections connections, AirtableProperties properties) {
    this.connections = connections;
    this.properties = properties;
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
    requests.setReadTimeout(properties.tokenTimeout());
    client.setRestClient(
        RestClient.builder()
            .requestFactory(requests)
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.add(new FormHttpMessageConverter());
                  converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(HttpStatusCode::isError, AirtableTokens::refuse)
            .build());
  }

  /**
   * Uses up a refresh token and stores what it gives.
   *
   * @throws Failure of kind authorisation when the owner has to connect again, transient when
   *     Airtable did not answer
   */
  public void refresh(Refresh refresh) {
    OAuth2AccessTokenResponse answer;
    try {
      answer = client.getTokenResponse(request(refresh));
    } catch (OAuth2AuthorizationException e) {
      throw refused(refresh, e);
    }
    OAuth2AccessToken token = answer.getAccessToken();
    connections.refreshed(
        refresh,
        token.getTokenValue(),
        answer.getRefreshToken() == null ? null : answer.getRefreshToken().getTokenValue(),
        Duration.between(Instant.now(), token.getExpiresAt()));
  }

  /** Spring's own handler loses the error of a 401, which is how a wrong client is refused. */
  private static void refuse(HttpRequest asked, ClientHttpResponse answer) throws IOException {
    OAuth2Error error;
    try {
      error = new OAuth2ErrorHttpMessageConverter().read(OAuth2Error.class, answer);
    } catch (HttpMessageNotReadableException e) {
      error = new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR);
    }
    throw new OAuth2AuthorizationException(error);
  }

  private Failure refused(Refresh refresh, OAuth2AuthorizationException e) {
    String code = e.getError().getErrorCode();
    boolean isFinal =
        switch (code) {
          case "invalid_grant", "invalid_client", "unauthorized_client" -> true;
          default -> false;
        };
    connections.notRefreshed(
        refresh, "Airtable refused to refresh the token (%s).".formatted(code), isFinal);
    return isFinal
        ? new Failure(
            FailureKind.AUTHORISATION,
            "Airtable refused to refresh the token (%s); connect the account again."
                .formatted(code))
        : new Failure(
            FailureKind.TRANSIENT,
            "Airtable did not refresh the token just now (%s).".formatted(code));
  }

  private OAuth2RefreshTokenGrantRequest request(Refresh refresh) {
    ClientRegistration integration =
        ClientRegistration.withRegistrationId("airtable")
            .clientId(refresh.clientId())
            .clientSecret(refresh.clientSecret())
            .clientAuthenticationMethod(
                refresh.clientSecret() == null
                    ? ClientAuthenticationMethod.NONE
                    : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
            .tokenUri(properties.tokenUrl().toString())
            .build();
    Instant now = Instant.now();
    // The client wants the old access token though it sends none of it.
    OAuth2AccessToken used =
        new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "used", now.minusSeconds(1), now);
    return new OAuth2RefreshTokenGrantRequest(
        integration, used, new OAuth2RefreshToken(refresh.refreshToken(), now));
  }
}
