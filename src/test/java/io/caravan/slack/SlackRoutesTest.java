package io.caravan.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestSettings;
import io.caravan.sandbox.SlackServer;
import io.caravan.sandbox.SlackServer.Posted;
import io.caravan.sandbox.SlackServer.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each test has an organisation of its own with a channel of its own. */
@CaravanTest
class SlackRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "xoxb-token-of-the-bot";

  private final SlackServer slack = TestSettings.slack().token(TOKEN);
  private final JdbcClient jdbc = JdbcClient.create(TestSettings.database());
  private final String channel = "C" + UUID.randomUUID();
  private final String secretPath = "T1/B1/" + UUID.randomUUID();
  @Autowired private CamelContext camel;
  @Autowired private ProducerTemplate producer;
  private Api api;
  private String organization;

  @LocalServerPort private int port;

  @BeforeEach
  void organization() {
    api = new Api(port);
    organization =
        api.post("/api/v1/organizations", "{\"name\":\"Acme\"}").body().get("id").asText();
  }

  private Api.Answer put(Map<String, String> integration) {
    return api.put(
        "/api/v1/organizations/" + organization + "/slack",
        JSON.valueToTree(integration).toString());
  }

  private void bot() {
    slack.channel(channel);
    assertThat(put(Map.of("botToken", TOKEN, "channelId", channel)).status()).isEqualTo(200);
  }

  private void webhook() {
    String url = slack.webhook(secretPath, channel);
    assertThat(put(Map.of("webhookUrl", url)).status()).isEqualTo(200);
  }

  private SlackMessage message(String text) {
    return new SlackMessage(
        "test",
        SlackDestination.organization(UUID.fromString(organization)),
        text,
        new SlackBlocks().header("News").section("%s", text));
  }

  private SlackReceipt send(SlackMessage message) {
    Exchange exchange =
        producer.send("direct:slack-send", asked -> asked.getMessage().setBody(message));
    assertThat(exchange.getException()).isNull();
    return exchange.getVariable("slackReceipt", SlackReceipt.class);
  }

  private List<String> texts() {
    return slack.posted(channel).stream().map(Posted::text).toList();
  }

  private Map<String, Object> row(SlackReceipt receipt) {
    return jdbc.sql("select * from caravan.slack_message_tracking where id = ?")
        .param(receipt.id())
        .query()
        .singleRow();
  }

  private void awaitStatus(SlackReceipt receipt, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(row(receipt)).containsEntry("status", status));
  }

  @Test
  void aBotPostsTextAndBlocksAndTheRowHasTheTimestamp() {
    bot();

    SlackReceipt receipt = send(message("Release 7 is live"));

    assertThat(receipt.status()).isEqualTo(SlackStatus.SENT);
    Posted posted = slack.posted(channel).getFirst();
    assertThat(posted.text()).isEqualTo("Release 7 is live");
    assertThat(posted.blocks()).hasSize(2);
    assertThat(row(receipt))
        .containsEntry("slack_message_ts", posted.ts())
        .containsEntry("slack_channel_id", channel)
        .containsEntry("message_type", "test")
        .containsEntry("attempts", 1)
        .extracting("sent_at")
        .isNotNull();
  }

  @Test
  void whoeverSendsHasItsExchangeBackAsItWas() {
    webhook();
    SlackMessage message = message("Hello");

    Exchange exchange =
        producer.send(
            "direct:slack-send",
            asked -> {
              asked.getMessage().setBody(message);
              asked.getMessage().setHeader("mine", "kept");
              asked.setVariable("run", "a run that Slack must not fail");
            });

    assertThat(exchange.getMessage().getBody()).isSameAs(message);
    assertThat(exchange.getMessage().getHeaders()).containsOnly(Map.entry("mine", "kept"));
    assertThat(exchange.getVariables()).containsOnlyKeys("run", "slackReceipt");
    assertThat(texts()).containsExactly("Hello");
  }

  @Test
  void whatCannotEvenBeRecordedFailsNobody() {
    Exchange exchange =
        producer.send(
            "direct:slack-send",
            asked -> {
              asked.getMessage().setBody("no message");
              asked.setVariable("run", "a run that Slack must not fail");
            });

    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody()).isEqualTo("no message");
    assertThat(exchange.getVariable("slackReceipt")).isNull();
  }

  @Test
  void theDataTeamHasItsWebhook() {
    // Other tests have much to tell it, and who came first is served first.
    jdbc.sql(
            "delete from caravan.slack_message_tracking"
                + " where status = 'pending' and organization_id is null")
        .update();
    SlackReceipt receipt =
        send(new SlackMessage("test", SlackDestination.dataTeam(), "Hello team", null, null));

    awaitStatus(receipt, "sent");
    assertThat(slack.posted("C-DATA")).extracting(Posted::text).contains("Hello team");
  }

  @Test
  void withoutAnIntegrationTheMessageIsSkippedWithTheReason() {
    SlackReceipt receipt = send(message("Nobody hears this"));

    assertThat(receipt.status()).isEqualTo(SlackStatus.SKIPPED);
    assertThat(receipt.reason()).contains("no Slack integration");
    assertThat(row(receipt)).containsEntry("error_message", receipt.reason());
  }

  @Test
  void moreThanSlackTakesIsNeverRefused() {
    bot();
    SlackBlocks many = new SlackBlocks().header("h".repeat(200));
    for (int n = 0; n < 70; n++) {
      many.section("%s", "<&>".repeat(n));
    }
    SlackMessage message = message("x");

    SlackReceipt receipt =
        send(new SlackMessage("test", message.destination(), "t".repeat(50_000), many));

    assertThat(receipt.status()).isEqualTo(SlackStatus.SENT);
    assertThat(slack.posted(channel).getFirst().blocks()).isNotNull();
    assertThat(row(receipt)).containsEntry("attempts", 1);
  }

  @Test
  void blocksThatSlackRefusesAreLeftOut() {
    bot();
    var unknown = JSON.createArrayNode().add(JSON.createObjectNode().put("type", "hologram"));

    SlackReceipt receipt =
        send(new SlackMessage("test", message("x").destination(), "Text alone", unknown, null));

    awaitStatus(receipt, "sent");
    assertThat(slack.posted(channel))
        .singleElement()
        .matches(posted -> posted.blocks() == null)
        .matches(posted -> posted.text().equals("Text alone"));
  }

  @Test
  void okFalseIsAFailureThatSaysWhatToDo() {
    bot();
    slack.refuse(channel, "is_archived");

    SlackReceipt receipt = send(message("Hello"));

    assertThat(receipt.status()).isEqualTo(SlackStatus.FAILED);
    assertThat(receipt.reason()).contains("is_archived", "Set another channel");
    assertThat(texts()).isEmpty();
  }

  @Test
  void aWebhookThatIsGoneFailsForGood() {
    webhook();
    slack.trouble(channel, new Trouble(404, "no_service", null));

    SlackReceipt receipt = send(message("Hello"));

    assertThat(receipt.status()).isEqualTo(SlackStatus.FAILED);
    assertThat(receipt.reason()).contains("no_service", "make a new one");
    assertThat(row(receipt)).containsEntry("attempts", 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void retryAfterIsObeyedForTheWholeDestinationAndIsNoAttempt(boolean bot) {
    if (bot) {
      bot();
    } else {
      webhook();
    }
    slack.trouble(channel, new Trouble(429, "", "4"));
    Instant refused = Instant.now();

    SlackReceipt first = send(message("first"));
    SlackReceipt second = send(message("second"));

    assertThat(first.status()).isEqualTo(SlackStatus.PENDING);
    assertThat(first.reason()).isEqualTo("Slack asked to wait 4 seconds.");
    assertThat(second.status()).isEqualTo(SlackStatus.PENDING);
    awaitStatus(first, "sent");
    assertThat(Duration.between(refused, Instant.now())).isGreaterThan(Duration.ofSeconds(4));
    awaitStatus(second, "sent");
    assertThat(texts()).containsExactly("first", "second");
    assertThat(row(first)).containsEntry("attempts", 1);
  }

  @Test
  void aServerErrorIsTriedAgainUntilItPasses() {
    bot();
    slack.trouble(
        channel,
        new Trouble(500, "", null),
        new Trouble(200, "{\"ok\":false,\"error\":\"internal_error\"}", null));

    SlackReceipt receipt = send(message("Hello"));

    assertThat(receipt.status()).isEqualTo(SlackStatus.PENDING);
    assertThat(receipt.reason()).isEqualTo("Slack answered HTTP 500.");
    awaitStatus(receipt, "sent");
    assertThat(texts()).containsExactly("Hello");
    assertThat(row(receipt)).containsEntry("attempts", 3).containsEntry("error_message", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1", "https://127.0.0.1", "https://localhost:1"})
  void aServerThatIsNotThereIsTriedAgainAndNoSecretShows(String server) {
    String url = server + "/services/" + secretPath;
    assertThat(put(Map.of("webhookUrl", url)).status()).isEqualTo(200);

    SlackReceipt receipt = send(message("Hello"));

    assertThat(receipt.status()).isEqualTo(SlackStatus.PENDING);
    assertThat(receipt.reason()).isEqualTo("Slack did not answer (HttpHostConnectException).");
  }

  @Test
  void aReplyStandsBelowTheFirstMessageOfItsThread() {
    bot();
    send(message("root").inThread("dataset-1"));
    send(message("other").inThread("dataset-2"));
    send(message("reply").inThread("dataset-1"));

    List<Posted> posted = slack.posted(channel);
    assertThat(posted).extracting(Posted::text).containsExactly("root", "other", "reply");
    assertThat(posted.get(0).threadTs()).isNull();
    assertThat(posted.get(1).threadTs()).isNull();
    assertThat(posted.get(2).threadTs()).isEqualTo(posted.get(0).ts());
  }

  @Test
  void aReplyWaitsForTheFirstMessageOfItsThread() {
    bot();
    slack.trouble(channel, new Trouble(503, "", null));
    SlackReceipt root = send(message("root").inThread("dataset-1"));
    SlackReceipt reply = send(message("reply").inThread("dataset-1"));

    awaitStatus(root, "sent");
    await().atMost(Duration.ofSeconds(20)).until(() -> row(reply).get("status").equals("sent"));
    List<Posted> posted = slack.posted(channel);
    assertThat(posted).extracting(Posted::text).containsExactly("root", "reply");
    assertThat(posted.get(1).threadTs()).isEqualTo(posted.get(0).ts());
  }

  /** A hundred messages at once kept the retries of everybody else waiting for minutes. */
  @Test
  void aCrowdAtOneDestinationDelaysNoOther() {
    webhook();
    List<SlackReceipt> crowd = Collections.synchronizedList(new ArrayList<>());
    Instant start = Instant.now();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 40; n++) {
        String text = "crowd " + n;
        senders.submit(() -> crowd.add(send(message(text))));
      }
      // The crowd's messages are due for the resending route, which would wait among the senders.
      await().until(() -> waiting() >= 35);
      age();
      String crowded = organization;
      organization();
      String other = "C" + UUID.randomUUID();
      slack.channel(other);
      put(Map.of("botToken", TOKEN, "channelId", other));
      slack.trouble(other, new Trouble(503, "", null));
      SlackReceipt receipt = send(message("other"));

      await()
          .atMost(Duration.ofSeconds(8))
          .untilAsserted(() -> assertThat(row(receipt)).containsEntry("status", "sent"));
      organization = crowded;
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
    assertThat(crowd).hasSize(40).extracting(SlackReceipt::status).contains(SlackStatus.PENDING);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(texts()).hasSizeGreaterThan(5));
    jdbc.sql("delete from caravan.slack_message_tracking where organization_id = ?::uuid")
        .param(organization)
        .update();
  }

  private int waiting() {
    return jdbc.sql(
            "select count(*) from caravan.slack_message_tracking"
                + " where status = 'pending' and organization_id = ?::uuid")
        .param(organization)
        .query(Integer.class)
        .single();
  }

  private void age() {
    jdbc.sql(
            "update caravan.slack_message_tracking set created_at = created_at - interval '1"
                + " minute' where organization_id = ?::uuid")
        .param(organization)
        .update();
  }

  /** Those that had to wait are sent in the order in which they were recorded. */
  @Test
  void aQueueKeepsItsOrder() {
    webhook();
    slack.trouble(channel, new Trouble(429, "", "2"));
    List<SlackReceipt> receipts =
        IntStream.range(0, 4).mapToObj(n -> send(message("message " + n))).toList();

    assertThat(row(receipts.get(3))).containsEntry("error_message", "Waits for its turn.");
    receipts.forEach(receipt -> awaitStatus(receipt, "sent"));
    assertThat(texts()).containsExactly("message 0", "message 1", "message 2", "message 3");
  }

  @Test
  void oneMessageASecondGoesToAChannel() {
    webhook();
    long began = System.nanoTime();

    for (int n = 0; n < 4; n++) {
      assertThat(send(message("message " + n)).status()).isEqualTo(SlackStatus.SENT);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(2_900));
    assertThat(texts()).hasSize(4);
  }

  @Test
  void theSecretIsInNoLogNoErrorNoEndpointNoExchangeAndNoAnswer() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    Logger camelLog = (Logger) LoggerFactory.getLogger("org.apache.camel");
    log.start();
    root.addAppender(log);
    camelLog.addAppender(log);
    camelLog.setAdditive(false);
    camelLog.setLevel(Level.DEBUG);
    Collection<String> seen = Collections.synchronizedList(new ArrayList<>());
    EventNotifierSupport watcher =
        new EventNotifierSupport() {
          @Override
          public void notify(CamelEvent event) {
            if (event instanceof ExchangeEvent about) {
              Exchange exchange = about.getExchange();
              seen.add(exchange.getMessage().getHeaders().toString());
              if (exchange.getMessage().getBody() instanceof String body) {
                seen.add(body);
              }
              seen.add(exchange.getProperties().toString());
              seen.add(exchange.getVariables().toString());
            }
          }
        };
    camel.getManagementStrategy().addEventNotifier(watcher);
    watcher.start();
    try {
      webhook();
      slack.trouble(channel, new Trouble(500, "", null));
      SlackReceipt receipt = send(message("Hello"));
      awaitStatus(receipt, "sent");
      Api.Answer answer = put(Map.of("botToken", TOKEN, "channelId", channel));
      seen.add(answer.raw().body());
      send(message("Hello from the bot"));
      seen.add(row(receipt).toString());
      camel.getEndpoints().forEach(endpoint -> seen.add(endpoint.getEndpointUri()));
    } finally {
      camel.getManagementStrategy().removeEventNotifier(watcher);
      root.detachAppender(log);
      camelLog.detachAppender(log);
      camelLog.setAdditive(true);
      camelLog.setLevel(null);
    }
    log.list.forEach(
        event -> {
          seen.add(event.getFormattedMessage());
          seen.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        });
    assertThat(texts()).containsExactly("Hello", "Hello from the bot");
    String secret = secretPath.substring("T1/B1/".length());
    assertThat(seen).anyMatch(text -> text != null && text.contains("Caravan-Slack-Destination"));
    assertThat(seen.stream().filter(Objects::nonNull))
        .filteredOn(text -> text.contains(secret) || text.contains(TOKEN))
        .isEmpty();
  }

  @Test
  void theAnswerSaysWhatIsSetAndNoSecret() {
    Api.Answer bot = put(Map.of("botToken", TOKEN, "channelId", "C1"));
    assertThat(bot.body().toString()).isEqualTo("{\"configured\":\"bot\",\"channelId\":\"C1\"}");
    Api.Answer webhook = put(Map.of("webhookUrl", "https://hooks.slack.com/services/T/B/hidden"));
    assertThat(webhook.body().toString())
        .isEqualTo("{\"configured\":\"webhook\",\"channelId\":null}");
    assertThat(
            jdbc.sql("select * from caravan.slack_integrations where organization_id = ?::uuid")
                .param(organization)
                .query()
                .singleRow()
                .toString())
        .doesNotContain("hidden", TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"webhookUrl\":null}",
        "{\"webhookUrl\":\"http://hooks.slack.com/services/hidden\"}",
        "{\"webhookUrl\":\"ftp://localhost/hidden\"}",
        "{\"webhookUrl\":\"https://joe:hidden@hooks.slack.com/services\"}",
        "{\"webhookUrl\":\"not a URL, hidden\"}",
        "{\"webhookUrl\":\"https://h/hidden\",\"channelId\":\"C1\"}",
        "{\"botToken\":\"xoxb-hidden\"}",
        "{\"botToken\":\"xoxb hidden\",\"channelId\":\"C1\"}",
        "{\"botToken\":\"xoxb-hidden\",\"channelId\":\"a b\"}",
        "{\"channelId\":\"C1\"}",
        "{\"botToken\":\"xoxb-hidden\",\"channelId\":\"C1\",\"colour\":\"red\"}",
        "{\"webhookUrl\":5}"
      })
  void aWrongIntegrationIsRefusedWithoutRepeatingIt(String body) {
    Api.Answer answer = api.put("/api/v1/organizations/" + organization + "/slack", body);

    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).isNotBlank();
    assertThat(answer.raw().body()).doesNotContain("hidden");
  }

  @Test
  void anUnknownOrganisationIsNotFound() {
    organization = UUID.randomUUID().toString();

    assertThat(put(Map.of("botToken", TOKEN, "channelId", "C1")).status()).isEqualTo(404);
  }
}
