package io.caravan.sheets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.sheets.v4.Sheets;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import io.caravan.connection.GoogleConnections;
import io.caravan.connection.GoogleConnections.Login;
import io.caravan.failure.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Google Sheets as routes ask it, through Google's own client. Thread-safe. */
@Component
public class GoogleSheets {
  private static final int MOST_CLIENTS = 1_000;

  private final GoogleConnections connections;
  private final SheetsProperties properties;
  private final HttpTransport transport = new NetHttpTransport();
  private final Cache<UUID, Client> clients =
      Caffeine.newBuilder()
          .maximumSize(MOST_CLIENTS)
          .expireAfterAccess(Duration.ofHours(1))
          .build();

  GoogleSheets(GoogleConnections connections, SheetsProperties properties) {
    this.connections = connections;
    this.properties = properties;
  }

  private record Client(Login login, Sheets sheets) {}

  /**
   * Asks once.
   *
   * @return what the call says it returns
   * @throws Failure why Google refused, explained by {@link SheetsFailures}
   */
  public Object ask(SheetsCall call) {
    Login login = call.ownLogin().orElseGet(() -> connections.login(call.connection()));
    try {
      return client(login).ask(call);
    } catch (IOException e) {
      Failure failure = SheetsFailures.explain(e, call, properties.quotaWait());
      if (call.ownLogin().isEmpty() && SheetsFailures.hasEnded(e)) {
        connections.needsReauth(login, failure.getMessage());
      }
      throw failure;
    }
  }

  private Asking client(Login login) throws IOException {
    Client client = clients.getIfPresent(login.id());
    if (client == null || !client.login().equals(login)) {
      client = new Client(login, sheets(login));
      clients.put(login.id(), client);
    }
    Sheets sheets = client.sheets();
    return call -> call.ask(sheets);
  }

  private interface Asking {
    Object ask(SheetsCall call) throws IOException;
  }

  private Sheets sheets(Login login) throws IOException {
    GoogleCredentials credentials =
        GoogleLogins.credentials(login, properties.tokenUrl(), () -> transport);
    credentials.addChangeListener(
        changed -> {
          if (login.refreshToken() != null && changed.getAccessToken() != null) {
            connections.refreshed(
                login,
                changed.getAccessToken().getTokenValue(),
                changed.getAccessToken().getExpirationTime().toInstant());
          }
        });
    HttpCredentialsAdapter adapter = new HttpCredentialsAdapter(credentials);
    return new Sheets.Builder(
            transport,
            GsonFactory.getDefaultInstance(),
            request -> {
              adapter.initialize(request);
              request.setConnectTimeout((int) properties.connectTimeout().toMillis());
              request.setReadTimeout((int) properties.readTimeout().toMillis());
              // Attempts are the route's affair; only a stale token is renewed here.
              request.setNumberOfRetries(1);
            })
        .setRootUrl(properties.apiUrl() + "/")
        .setApplicationName("Caravan")
        .build();
  }
}
