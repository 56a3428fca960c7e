package io.caravan.sheets;

import com.google.api.services.sheets.v4.SheetsScopes;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.auth.oauth2.UserCredentials;
import io.caravan.connection.GoogleConnections.Login;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;

/** Log-ins as Google's library wants them. */
final class GoogleLogins {
  private GoogleLogins() {}

  /**
   * @param tokenUrl where tokens are made, whatever a service account's file says
   * @throws IOException when a service account's key cannot be read
   */
  static GoogleCredentials credentials(Login login, URI tokenUrl, HttpTransportFactory transport)
      throws IOException {
    if (login.serviceAccount() != null) {
      return ServiceAccountCredentials.fromStream(
              new ByteArrayInputStream(login.serviceAccount().getBytes(StandardCharsets.UTF_8)),
              transport)
          .toBuilder()
          .setTokenServerUri(tokenUrl)
          .setScopes(List.of(SheetsScopes.SPREADSHEETS))
          .build();
    }
    if (login.refreshToken() == null) {
      return new FixedToken(login.accessToken());
    }
    AccessToken token =
        new AccessToken(
            login.accessToken(), login.expiresAt() == null ? null : Date.from(login.expiresAt()));
    return UserCredentials.newBuilder()
        .setClientId(login.clientId())
        .setClientSecret(login.clientSecret())
        .setRefreshToken(login.refreshToken())
        .setAccessToken(token)
        .setTokenServerUri(tokenUrl)
        .setHttpTransportFactory(transport)
        .build();
  }

  /**
   * A token that nothing renews. It is sent until Google refuses it: that refusal then reaches the
   * caller, where the library's own class would throw as if the caller had made a mistake.
   */
  private static final class FixedToken extends GoogleCredentials {
    private static final long serialVersionUID = 1L;

    FixedToken(String token) {
      super(newBuilder().setAccessToken(new AccessToken(token, null)));
    }

    @Override
    public AccessToken refreshAccessToken() throws IOException {
      throw new IOException("Nothing renews this token.");
    }
  }
}
