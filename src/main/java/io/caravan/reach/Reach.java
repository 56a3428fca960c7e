package io.caravan.reach;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/**
 * Clients that reach no further than connectors may, and take no more than they may. Routes use
 * them through Camel's HTTP component: {@link #announce} gives a {@link Call} whose id goes along
 * in the header {@link Call#HEADER}, and which has the answer afterwards.
 */
@Component
public final class Reach implements AutoCloseable {
  private static final int CONNECTIONS_OF_A_SERVER = 50;
  private static final int CONNECTIONS = 200;

  /** Whoever announced a call keeps it; one that nobody keeps any more is forgotten. */
  private final Cache<String, Call> announced = Caffeine.newBuilder().weakValues().build();

  private final ReachProperties properties;
  private final HttpClientConnectionManager connections;
  private final CloseableHttpClient client;

  Reach(ReachProperties properties, Hosts hosts) {
    this.properties = properties;
    this.connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(hosts)
            .setMaxConnPerRoute(CONNECTIONS_OF_A_SERVER)
            .setMaxConnTotal(CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout(properties.connectTimeout().toMillis()))
                    .setSocketTimeout(timeout(properties.responseTimeout().toMillis()))
                    .build())
            // Until TLS stands, the connection's own configuration does not count.
            .setDefaultSocketConfig(
                SocketConfig.custom()
                    .setSoTimeout(timeout(properties.responseTimeout().toMillis()))
                    .build())
            .build();
    HttpClientBuilder builder = HttpClientBuilder.create();
    guard(builder);
    this.client = builder.build();
  }

  private static Timeout timeout(long millis) {
    return Timeout.ofMilliseconds(millis);
  }

  /**
   * Makes a client one that keeps to the rules, whoever uses it. Attempts and cookies are nobody's
   * affair here: one is made, and none is kept.
   */
  public void guard(HttpClientBuilder builder) {
    builder
        .setConnectionManager(connections)
        .setConnectionManagerShared(true)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(properties.longestRequest().toMillis()))
                .setResponseTimeout(timeout(properties.responseTimeout().toMillis()))
                // They end with the number of redirects.
                .setCircularRedirectsAllowed(true)
                .build())
        .setRedirectStrategy(new SafeRedirects())
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("Caravan")
        .addRequestInterceptorLast(GuardedExchange::complete)
        .addExecInterceptorFirst("guard", new GuardedExchange(properties, announced::getIfPresent));
  }

  /** A guarded client for a library that wants one. */
  public CloseableHttpClient client() {
    return client;
  }

  /** A call that a route is about to send. */
  public Call announce(Request request) {
    Call call = new Call(request);
    announced.put(call.id(), call);
    return call;
  }

  /**
   * Asks at once, without a route.
   *
   * @return the answer, of any status; to be closed
   * @throws Failure when there is none
   */
  public Received ask(Request request) {
    Call call = announce(request);
    HttpGet get = new HttpGet(request.address());
    get.setHeader(Call.HEADER, call.id());
    try {
      return client.execute(get, answer -> call.received());
    } catch (IOException e) {
      throw new Failure(
          FailureKind.TRANSIENT, request.place() + " could not be asked just now.", e);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    connections.close();
  }
}
