package io.caravan.reach;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * One exchange from the first connection to the last byte, redirects included: within its time, and
 * its body put aside.
 */
final class GuardedExchange implements ExecChainHandler {
  private static final String REQUEST = "caravan.request";
  private static final String PROOF = "caravan.proof";
  private static final Set<String> FOR_ANYBODY =
      Set.of("host", "connection", "accept", "accept-encoding", "user-agent");
  private static final long ENOUGH_OF_A_REFUSAL = 1 << 16;

  private final ReachProperties properties;
  private final Function<String, Call> announced;

  /**
   * @param announced the call of an id; null when there is none
   */
  GuardedExchange(ReachProperties properties, Function<String, Call> announced) {
    this.properties = properties;
    this.announced = announced;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest sent, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Call call = call(sent);
    Request request = call == null ? anonymous(sent) : call.request();
    scope.clientContext.setAttribute(REQUEST, request);
    // Before there is a connection: fetching a token may take one of the same server.
    scope.clientContext.setAttribute(PROOF, request.credentials().toSend().orElse(null));
    CompletableFuture<Boolean> late = new CompletableFuture<>();
    late.completeOnTimeout(true, properties.longestRequest().toMillis(), TimeUnit.MILLISECONDS)
        .thenRun(() -> breakOff(scope));
    try (StopSignal.Registration stop = request.stop().onStop(() -> breakOff(scope))) {
      ClassicHttpResponse response = chain.proceed(sent, scope);
      Received answer = received(request, response, scope);
      if (call == null) {
        handOver(response, answer.anything());
      } else {
        response.setEntity(null);
        call.received(answer);
      }
      return response;
    } catch (IOException e) {
      request.stop().check();
      throw late.isDone() ? tooSlow(request) : unreachable(reached(request, scope), e);
    } finally {
      late.cancel(false);
    }
  }

  /**
   * Puts into a request what its server is to get. This happens for each server anew, so that where
   * a redirect leads to gets neither credentials nor headers of the connector.
   */
  static void complete(HttpRequest sent, EntityDetails entity, HttpContext context) {
    sent.removeHeaders(Call.HEADER);
    sent.setHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
    Request request = (Request) context.getAttribute(REQUEST);
    if (request.accept() != null) {
      sent.setHeader(HttpHeaders.ACCEPT, request.accept());
    }
    if (Origin.of(request.address()).isOf(sent)) {
      request.headers().forEach(sent::setHeader);
      Header proof = (Header) context.getAttribute(PROOF);
      if (proof != null) {
        sent.setHeader(proof);
      }
    } else {
      Arrays.stream(sent.getHeaders())
          .map(Header::getName)
          .filter(name -> !FOR_ANYBODY.contains(name.toLowerCase(Locale.ROOT)))
          .forEach(sent::removeHeaders);
    }
  }

  private Call call(ClassicHttpRequest sent) {
    Header id = sent.getFirstHeader(Call.HEADER);
    if (id == null) {
      return null;
    }
    Call call = announced.apply(id.getValue());
    if (call == null || !Origin.of(call.request().address()).isOf(sent)) {
      throw new Failure(FailureKind.INTERNAL, "This is not the call that was announced.");
    }
    return call;
  }

  /** Of a component or a library that knows nothing of calls. */
  private static Request anonymous(ClassicHttpRequest sent) {
    try {
      return new Request(sent.getUri(), Map.of(), Credentials.NONE, null, new StopSignal());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new Failure(
          FailureKind.CONFIGURATION, "An address must have http:// or https:// and a host.", e);
    }
  }

  private Received received(Request request, ClassicHttpResponse response, ExecChain.Scope scope)
      throws IOException {
    Map<String, String> headers =
        Arrays.stream(response.getHeaders())
            .collect(
                Collectors.toMap(
                    header -> header.getName().toLowerCase(Locale.ROOT),
                    header -> String.valueOf(header.getValue()),
                    (one, other) -> one + ", " + other));
    HttpEntity entity = response.getEntity();
    boolean refused = response.getCode() >= 300;
    try {
      InputStream sent = entity == null ? InputStream.nullInputStream() : entity.getContent();
      Body body =
          new Spooling(request.place(), properties)
              .take(
                  sent,
                  entity == null ? null : entity.getContentEncoding(),
                  refused ? ENOUGH_OF_A_REFUSAL : Long.MAX_VALUE);
      if (refused) {
        scope.execRuntime.discardEndpoint();
      }
      return new Received(request, response.getCode(), headers, body);
    } catch (IOException | RuntimeException e) {
      // Closing it the usual way would read on to the end.
      scope.execRuntime.discardEndpoint();
      throw e;
    }
  }

  private static void handOver(ClassicHttpResponse response, Body body) {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      body.close();
      return;
    }
    response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
    response.removeHeaders(HttpHeaders.CONTENT_LENGTH);
    response.setEntity(
        new InputStreamEntity(
            body.openLast(), body.length(), ContentType.parseLenient(entity.getContentType())));
  }

  private static void breakOff(ExecChain.Scope scope) {
    ((HttpUriRequestBase) scope.originalRequest).cancel();
  }

  private Failure tooSlow(Request request) {
    return new Failure(
        FailureKind.DATA,
        "%s did not end its answer within %d s; ask for smaller pages, or raise caravan.connectorsync.longest-request."
            .formatted(request.place(), properties.longestRequest().toSeconds()));
  }

  /** What was asked last: where a redirect led to, or the place itself. */
  private static String reached(Request request, ExecChain.Scope scope) {
    List<URI> redirects = scope.clientContext.getRedirectLocations().getAll();
    return redirects.isEmpty()
        ? request.place()
        : "%s, where %s redirects to,".formatted(redirects.getLast().getHost(), request.place());
  }

  private static Failure unreachable(String place, IOException e) {
    return switch (e) {
      case UnknownHostException unknown ->
          new Failure(
              FailureKind.TRANSIENT,
              place + " is not known to DNS, or DNS does not answer; check its spelling.",
              e);
      case SSLHandshakeException tls ->
          new Failure(
              FailureKind.CONFIGURATION,
              place + " has no TLS certificate that can be trusted; check the address.",
              e);
      default ->
          new Failure(
              FailureKind.TRANSIENT, place + " could not be reached, or broke off its answer.", e);
    };
  }
}
