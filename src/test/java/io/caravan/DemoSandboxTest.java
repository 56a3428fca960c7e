package io.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.sandbox.AirtableServer;
import io.caravan.sandbox.BlueServer;
import io.caravan.sandbox.SheetsServer;
import io.caravan.sandbox.SlackServer;
import io.caravan.setting.SettingsPostProcessor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.mock.env.MockEnvironment;

class DemoSandboxTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final MockEnvironment environment = new MockEnvironment();
  private final SpringApplication application = new SpringApplication();
  private final GenericApplicationContext context = new GenericApplicationContext();

  @TempDir private Path data;

  @BeforeEach
  void readTheSettingsOfTheProduct() throws IOException {
    new YamlPropertySourceLoader()
        .load("application.yaml", new FileSystemResource("application.yaml"))
        .forEach(environment.getPropertySources()::addLast);
    environment.setProperty("CARAVAN_DATA_DIRECTORY", data.toString());
    environment.setActiveProfiles("demo");
  }

  @AfterEach
  void close() {
    context.close();
    client.close();
  }

  private void start() {
    new DemoSandbox().postProcessEnvironment(environment, application);
    application.getInitializers().forEach(this::initialize);
    context.refresh();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private void initialize(ApplicationContextInitializer initializer) {
    initializer.initialize(context);
  }

  private int status(String url) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private String setting(String property) {
    return environment.getProperty(property);
  }

  @Test
  void theSettingsLeadToTheStandIns() throws Exception {
    start();

    BlueServer blue = context.getBean(BlueServer.class);
    SlackServer slack = context.getBean(SlackServer.class);
    assertThat(setting("caravan.bluegreen.source-url")).isEqualTo(blue.url());
    assertThat(status(setting("caravan.bluegreen.source-url") + "/api/v1/public/boards"))
        .isEqualTo(200);
    assertThat(setting("caravan.slack.api-url")).isEqualTo(slack.apiUrl());
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(
                            URI.create(setting("caravan.slack.data-team-webhook-url")))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Hello\"}"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body())
        .isEqualTo("ok");
    assertThat(slack.posted(setting("caravan.slack.data-team-channel-id"))).hasSize(1);
    AirtableServer airtable = context.getBean(AirtableServer.class);
    SheetsServer sheets = context.getBean(SheetsServer.class);
    assertThat(setting("caravan.airtable.api-url")).isEqualTo(airtable.apiUrl());
    assertThat(setting("caravan.airtable.token-url")).isEqualTo(airtable.tokenUrl());
    assertThat(setting("caravan.google-sheets.api-url")).isEqualTo(sheets.apiUrl());
    assertThat(setting("caravan.google-sheets.token-url")).isEqualTo(sheets.tokenUrl());
    assertThat(setting("caravan.pipelines.bluegreen.cron")).isEqualTo("*/10 * * * *");
    assertThat(setting("caravan.pipelines.sheetsync.cron")).isEqualTo("* * * * *");
    assertThat(setting("TARGET_API_URL")).isEqualTo("http://localhost:8080");
    assertThat(setting("SYNC_SECRET_KEY"))
        .matches("[0-9a-f]{64}")
        .isEqualTo(Files.readString(data.resolve("secrets/sync-secret-key")).strip());
  }

  @ParameterizedTest
  @CsvSource({
    "SOURCE_API_URL, https://blue.example, caravan.bluegreen.source-url",
    "SLACK_API_URL, https://slack.example/api, caravan.slack.api-url",
    "DATA_TEAM_SLACK_WEBHOOK_URL, https://hooks.example/x, caravan.slack.data-team-webhook-url",
    "AIRTABLE_API_URL, https://airtable.example, caravan.airtable.api-url",
    "AIRTABLE_TOKEN_URL, https://airtable.example/token, caravan.airtable.token-url",
    "GOOGLE_SHEETS_API_URL, https://sheets.example, caravan.google-sheets.api-url",
    "GOOGLE_TOKEN_URL, https://sheets.example/token, caravan.google-sheets.token-url",
    "SHEETSYNC_CRON, off, caravan.pipelines.sheetsync.cron",
    "BLUEGREEN_CRON, off, caravan.pipelines.bluegreen.cron",
    "SYNC_SECRET_KEY, a-secret-of-ours, SYNC_SECRET_KEY",
    "TARGET_API_URL, https://green.example, TARGET_API_URL"
  })
  void aVariableThatIsSetWins(String variable, String value, String property) {
    environment.getPropertySources().addLast(new MapPropertySource("os", Map.of(variable, value)));

    start();

    assertThat(setting(property)).isEqualTo(value);
  }

  @Test
  void aStandInThatNothingLeadsToIsNotStarted() {
    environment.setProperty("SOURCE_API_URL", "https://blue.example");
    environment.setProperty("caravan.slack.data-team-webhook-url", "https://hooks.example/x");

    start();

    assertThat(context.getBeansOfType(BlueServer.class)).isEmpty();
    assertThat(context.getBeansOfType(SlackServer.class)).isEmpty();
    assertThat(setting("caravan.slack.api-url")).isEqualTo("https://slack.com/api");
    assertThat(setting("caravan.slack.data-team-channel-id")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AIRTABLE_API_URL", "GOOGLE_SHEETS_API_URL"})
  void aPairHasBothStandInsOrNone(String realSide) {
    environment.setProperty(realSide, "https://real.example");

    start();

    assertThat(context.getBeansOfType(AirtableServer.class)).isEmpty();
    assertThat(context.getBeansOfType(SheetsServer.class)).isEmpty();
  }

  @Test
  void theStandInsEndWithTheContext() throws Exception {
    start();
    List<String> urls =
        List.of(
            context.getBean(BlueServer.class).urls().getFirst(),
            context.getBean(SlackServer.class).pageUrl(),
            context.getBean(AirtableServer.class).apiUrl() + "/",
            context.getBean(SheetsServer.class).apiUrl() + "/");
    for (String url : urls) {
      assertThat(status(url)).isIn(200, 404);
    }

    context.close();

    assertThat(urls)
        .allSatisfy(
            url -> assertThatThrownBy(() -> status(url)).isInstanceOf(ConnectException.class));
  }

  @Test
  void aSecondDemoTakesOtherPorts() {
    try (BlueServer blue = taken(9401) ? null : BlueServer.forDemo(9401)) {
      start();

      assertThat(context.getBean(BlueServer.class).url()).doesNotEndWith(":9401");
    }
  }

  private static boolean taken(int port) {
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void nothingIsDoneWithoutTheProfile() {
    environment.setActiveProfiles("other");

    start();

    assertThat(setting("caravan.bluegreen.source-url")).isEmpty();
    assertThat(setting("caravan.pipelines.bluegreen.cron")).isEqualTo("off");
    assertThat(data).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"run", "status"})
  void aCommandBesideAServingCaravanStartsNothing(String command) {
    environment.setProperty(SettingsPostProcessor.COMMAND, command);

    start();

    assertThat(context.getBeansOfType(BlueServer.class)).isEmpty();
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void caravanOnAnyFreePortIsNotItsOwnTarget() {
    environment.setProperty("server.port", "0");

    start();

    assertThat(setting("TARGET_API_URL")).isNull();
  }

  @Test
  void standsBeforeTheCheckOfTheSettings() {
    assertThat(new DemoSandbox().getOrder()).isLessThan(new SettingsPostProcessor().getOrder());
  }
}
