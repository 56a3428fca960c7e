package io.caravan.reach;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.net.URI;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Follows a redirect to where the question may be asked again: five times at most, over http or
 * https, and never from https to http. Where it leads to is looked up like any other host; what is
 * sent along is decided anew for each server ({@link Reach}).
 */
final class SafeRedirects extends DefaultRedirectStrategy {
  private static final int MOST = 5;

  @Override
  public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context)
      throws ProtocolException {
    // What is sent along with a POST is for the server that was asked.
    return Method.GET.isSame(request.getMethod()) && super.isRedirected(request, response, context);
  }

  @Override
  public URI getLocationURI(HttpRequest request, HttpResponse response, HttpContext context)
      throws HttpException {
    URI next = super.getLocationURI(request, response, context);
    String asked = request.getAuthority().getHostName();
    if (HttpClientContext.cast(context).getRedirectLocations().size() >= MOST) {
      throw new Failure(
          FailureKind.DATA,
          "%s redirects more than %d times; ask for the last address itself."
              .formatted(asked, MOST));
    }
    if (!"https".equalsIgnoreCase(next.getScheme()) && !"http".equalsIgnoreCase(next.getScheme())) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "%s redirects to something that is neither http nor https.".formatted(asked));
    }
    if ("https".equalsIgnoreCase(request.getScheme())
        && "http".equalsIgnoreCase(next.getScheme())) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "%s redirects from https to http, where anybody on the way could read along; write the https address of what it redirects to."
              .formatted(asked));
    }
    return next;
  }
}
