package io.caravan.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import java.net.URI;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;

class SafeRedirectsTest {
  private static URI next(String asked, String location) throws HttpException {
    return new SafeRedirects()
        .getLocationURI(
            new BasicHttpRequest("GET", URI.create(asked)),
            redirect(location),
            HttpClientContext.create());
  }

  private static HttpResponse redirect(String location) {
    HttpResponse response = new BasicHttpResponse(307);
    response.setHeader("Location", location);
    return response;
  }

  @Test
  void neverLeadsFromHttpsToHttp() {
    assertThatThrownBy(() -> next("https://api.example.com/a", "http://api.example.com/b"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("from https to http");
  }

  @Test
  void leadsFromHttpToHttps() throws HttpException {
    assertThat(next("http://api.example.com/a", "https://api.example.com/b"))
        .hasToString("https://api.example.com/b");
  }

  @Test
  void whatIsPostedIsNotPostedToWhereAServerLeads() throws HttpException {
    assertThat(
            new SafeRedirects()
                .isRedirected(
                    new BasicHttpRequest("POST", URI.create("https://login.example.com/token")),
                    redirect("https://login.example.com/other"),
                    HttpClientContext.create()))
        .isFalse();
  }
}
