package io.caravan.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.failure.Failure;
import io.caravan.failure.StopSignal;
import io.caravan.reach.Call;
import io.caravan.reach.Credentials;
import io.caravan.reach.Reach;
import io.caravan.reach.Received;
import io.caravan.reach.Request;
import io.caravan.reach.TestWeb;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReachClientTest {
  private static final String TOKEN = "sesame-9b1c7f";

  private final Reach reach = TestWeb.reach();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private TestWeb web;

  @BeforeEach
  void start() throws Exception {
    web = new TestWeb();
    camel.getRegistry().bind("guarded", new ReachClient(reach));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .to(
                    "http:reach?httpClientConfigurer=#guarded&throwExceptionOnFailure=false"
                        + "&copyHeaders=false&disableStreamCache=true")
                // Once the exchange is over, so is its body.
                .convertBodyTo(String.class);
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() throws IOException {
    camel.stop();
    reach.close();
    web.close();
  }

  private Exchange send(String url, String call) {
    return camel
        .createProducerTemplate()
        .send(
            "direct:ask",
            exchange -> {
              exchange.getIn().setHeader(Exchange.HTTP_URI, url);
              exchange.getIn().setHeader(Exchange.HTTP_METHOD, "GET");
              if (call != null) {
                exchange.getIn().setHeader(Call.HEADER, call);
              }
            });
  }

  private Call announced(String url) {
    return reach.announce(
        new Request(
            URI.create(url), Map.of(), Credentials.bearer(TOKEN), Request.JSON, new StopSignal()));
  }

  @Test
  void theCallHasTheAnswerAndTheExchangeNoSecret() throws IOException {
    web.on("/orders", TestWeb.json("[{\"id\":1}]"));
    Call call = announced(web.url("/orders?page=1"));

    Exchange exchange = send(call.url(), call.id());

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody()).isNull();
    assertThat(exchange.getMessage().getHeaders().toString() + exchange.getAllProperties())
        .doesNotContain(TOKEN);
    assertThat(web.asked().getFirst().header("Authorization")).isEqualTo("Bearer " + TOKEN);
    assertThat(web.asked().getFirst().uri()).hasToString("/orders?page=1");
    try (Received received = call.received()) {
      assertThat(received.content().open().readAllBytes())
          .isEqualTo("[{\"id\":1}]".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aRefusalIsTheCallsToJudge() {
    web.on("/orders", TestWeb.text(503, "text/plain", "", "Retry-After", "3"));
    Call call = announced(web.url("/orders"));

    assertThat(send(call.url(), call.id()).getException()).isNull();
    assertThat(call.received().status()).isEqualTo(503);
  }

  @Test
  void whatMayNotBeReachedIsAFailureOfTheExchange() {
    Call call = announced("http://169.254.169.254/latest/meta-data/");

    assertThat(send(call.url(), call.id()).getException())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("169.254.169.254 may not be reached");
  }

  @Test
  void anAnnouncedCallGoesNowhereElse() {
    web.on("/", TestWeb.json("[]"));
    Call call = announced("http://api.example.com/orders");

    assertThat(send(web.url("/"), call.id()).getException()).isInstanceOf(Failure.class);
    assertThat(web.asked()).isEmpty();
  }

  @Test
  void withoutACallTheBodyIsTheExchanges() {
    web.on("/feed", TestWeb.text(200, "application/rss+xml", "<rss/>"));

    Exchange exchange = send(web.url("/feed"), null);

    assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("<rss/>");
  }
}
