package io.caravan.console;

import io.caravan.CaravanTest;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser in which the administrator logs in: cookies, forms, redirects. */
final class Administrator {
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final String base;

  private Administrator(int port) {
    base = "http://localhost:" + port;
  }

  static Administrator stranger(int port) {
    return new Administrator(port);
  }

  static Administrator loggedIn(int port) {
    Administrator browser = new Administrator(port);
    browser.get("/login");
    HttpResponse<String> answer =
        browser.post("/login", Map.of("username", "admin", "password", CaravanTest.ADMIN_PASSWORD));
    if (!answer.uri().getPath().equals("/console")) {
      throw new AssertionError(answer.uri() + " " + answer.statusCode());
    }
    return browser;
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(HttpRequest.newBuilder(URI.create(base + path)), headers);
  }

  /** Posts a form, with the token against forged requests that is in the cookie. */
  HttpResponse<String> post(String path, Map<String, String> fields) {
    String token =
        cookies.getCookieStore().getCookies().stream()
            .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
            .map(HttpCookie::getValue)
            .findFirst()
            .orElseThrow();
    return postWithout(path + (path.contains("?") ? "&" : "?") + "_csrf=" + token, fields);
  }

  HttpResponse<String> postWithout(String path, Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    request.header("Accept", "text/html");
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
