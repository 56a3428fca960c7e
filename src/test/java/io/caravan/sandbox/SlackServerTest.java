package io.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClient client = HttpClient.newHttpClient();
  private final SlackServer slack = SlackServer.start().token("xoxb-good").channel("C1");
  private final String webhook = slack.webhook("T1/B1/X1", "C2");

  @AfterEach
  void stop() {
    slack.close();
    client.close();
  }

  private HttpResponse<String> post(String url, String type, String body) {
    return post(url, type, body, "xoxb-good");
  }

  private HttpResponse<String> post(String url, String type, String body, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode api(String body) throws IOException {
    HttpResponse<String> answer =
        post(slack.apiUrl() + "/chat.postMessage", "application/json; charset=utf-8", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String section(int length) {
    return "{\"channel\":\"C1\",\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"%s\"}}]}"
        .formatted("x".repeat(length));
  }

  @Test
  void keepsWhatWasPostedAndAnswersWithItsTimestamp() throws IOException {
    JsonNode answer = api("{\"channel\":\"C1\",\"text\":\"Hello\"}");

    assertThat(answer.get("ok").asBoolean()).isTrue();
    assertThat(answer.has("warning")).isFalse();
    assertThat(slack.posted("C1"))
        .singleElement()
        .isEqualTo(new SlackServer.Posted("C1", answer.get("ts").asText(), null, "Hello", null));
  }

  @Test
  void takesAFormWithBlocksAsText() {
    String blocks = "[{\"type\":\"divider\"}]";

    post(
        slack.apiUrl() + "/chat.postMessage",
        FORM,
        "channel=C1&blocks=" + URLEncoder.encode(blocks, StandardCharsets.UTF_8));

    assertThat(slack.posted("C1").getFirst().blocks()).hasToString(blocks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"channel\":\"C9\",\"text\":\"x\"}                        | channel_not_found",
        "{\"channel\":\"C1\"}                                       | no_text",
        "{\"channel\":\"C1\",\"text\":\"x\",\"thread_ts\":\"1.000000\"} | thread_not_found",
        "{\"channel\":\"C1\",\"blocks\":[{\"type\":\"odd\"}]}       | invalid_blocks",
        "nonsense                                                   | invalid_json"
      })
  void saysNoWithHttp200(String body, String error) throws IOException {
    JsonNode answer = api(body);

    assertThat(answer.get("ok").asBoolean()).isFalse();
    assertThat(answer.get("error").asText()).isEqualTo(error);
  }

  @Test
  void namesThePlaceInInvalidBlocks() throws IOException {
    assertThat(api(section(3_000)).get("ok").asBoolean()).isTrue();
    assertThat(api(section(3_001)).get("response_metadata").get("messages").get(0).asText())
        .isEqualTo("[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
  }

  @Test
  void knowsItsTokens() {
    String url = slack.apiUrl() + "/chat.postMessage";
    assertThat(post(url, "application/json", "{}", "xoxb-bad").body()).contains("invalid_auth");
    assertThat(post(url, "application/json", "{}", "").body()).contains("not_authed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X1    | {\"text\":\"x\"}                     | 200 | ok",
        "X1    | {}                                   | 400 | no_text",
        "X1    | nonsense                             | 400 | invalid_payload",
        "X1    | {\"blocks\":[{\"type\":\"odd\"}]}    | 400 | invalid_blocks",
        "other | {\"text\":\"x\"}                     | 404 | no_service"
      })
  void aWebhookAnswersInPlainText(String secret, String body, int status, String text) {
    HttpResponse<String> answer = post(webhook.replace("X1", secret), "application/json", body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(text);
  }

  @Test
  void anArchivedChannelIsGoneForAWebhook() {
    slack.refuse("C2", "channel_is_archived");

    assertThat(post(webhook, FORM, "payload={\"text\":\"x\"}").statusCode()).isEqualTo(410);
  }

  @Test
  void moreThanABurstIsAskedToWait() {
    slack.burst(2);

    assertThat(post(webhook, "application/json", "{\"text\":\"1\"}").statusCode()).isEqualTo(200);
    assertThat(post(webhook, "application/json", "{\"text\":\"2\"}").statusCode()).isEqualTo(200);
    HttpResponse<String> third = post(webhook, "application/json", "{\"text\":\"3\"}");

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).contains("1");
    assertThat(slack.posted("C2")).hasSize(2);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(slack.pageUrl()).resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatWasPostedCanBeSeen() throws Exception {
    post(webhook, "application/json", "{\"text\":\"Release 2 is *live*\"}");

    HttpResponse<String> page = get("/?channel=C2");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValue("default-src 'self'; img-src data:");
    assertThat(page.body())
        .contains("Release 2 is <strong>live</strong>", "/page.css", "/page.js")
        .doesNotContain("X1");
    assertThat(get("/page.css").headers().firstValue("Content-Type"))
        .hasValue("text/css; charset=utf-8");
    assertThat(get("/page.js").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"/other", "/page.html", "/api", "/../application.yaml"})
  void hasNoOtherPages(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void thePageIsNothingToPostTo() {
    assertThat(post(slack.pageUrl(), "application/json", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void saysThatItsPortIsTaken() {
    int taken = URI.create(slack.pageUrl()).getPort();

    assertThatThrownBy(() -> SlackServer.start(taken))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("port " + taken);
  }
}
