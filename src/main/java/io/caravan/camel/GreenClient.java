package io.caravan.camel;

import io.caravan.blue.BlueProperties;
import io.caravan.blue.BlueSyncs;
import io.caravan.blue.SyncUnderWay;
import io.caravan.failure.StopSignal;
import io.caravan.reach.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Calls Green below Camel: puts the secret into the request at the last moment, so that no
 * exchange, endpoint, trace or exception of Camel ever holds it, and lets no answer take longer or
 * be larger than it may. The request's header {@link #SYNC}, which is not sent, says which sync
 * calls; when that is stopped the call is broken off.
 */
@Component
class GreenClient implements HttpClientConfigurer {
  static final String SYNC = "Caravan-Blue-Sync";
  private static final int LARGEST_ANSWER = 1 << 20;

  private final BlueSyncs syncs;
  private final BlueProperties properties;

  GreenClient(BlueSyncs syncs, BlueProperties properties) {
    this.syncs = syncs;
    this.properties = properties;
  }

  /**
   * Attempts are the route's affair, so the client makes one and follows no redirect. Nothing is
   * kept between calls: a connection may be dead by the next one, since Green restarts.
   */
  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .setConnectionReuseStrategy((request, response, context) -> false)
        .addExecInterceptorFirst("green", this::call);
  }

  private ClassicHttpResponse call(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Header id = request.getHeader(SYNC);
    request.removeHeaders(SYNC);
    SyncUnderWay sync = syncs.underWay(id.getValue()).orElse(null);
    if (sync == null || !isGreen(request)) {
      throw new HttpException("This is no call of Green.");
    }
    request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + properties.secret());
    CompletableFuture<Boolean> late = new CompletableFuture<>();
    late.completeOnTimeout(true, properties.longestCall().toMillis(), TimeUnit.MILLISECONDS)
        .thenRun(() -> breakOff(scope));
    try (StopSignal.Registration stop = sync.onStop(() -> breakOff(scope))) {
      ClassicHttpResponse response = chain.proceed(request, scope);
      read(response, scope);
      return response;
    } catch (IOException e) {
      throw late.isDone() ? new SocketTimeoutException() : e;
    } finally {
      late.cancel(false);
    }
  }

  private boolean isGreen(ClassicHttpRequest request) {
    return properties.targets().stream()
        .anyMatch(target -> Origin.of(URI.create(target)).isOf(request));
  }

  private static void breakOff(ExecChain.Scope scope) {
    ((HttpUriRequestBase) scope.originalRequest).cancel();
  }

  /** The whole answer is read here, where it can be broken off, and never more than is allowed. */
  private static void read(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return;
    }
    InputStream content = entity.getContent();
    byte[] bytes = content.readNBytes(LARGEST_ANSWER + 1);
    if (bytes.length > LARGEST_ANSWER) {
      // Closing it the usual way would read on to the end.
      scope.execRuntime.discardEndpoint();
      throw new IOException("Green's answer is too large.");
    }
    response.setEntity(
        new ByteArrayEntity(bytes, ContentType.parseLenient(entity.getContentType())));
  }
}
