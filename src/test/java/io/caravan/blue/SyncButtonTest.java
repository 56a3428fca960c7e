package io.caravan.blue;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestBrowser;
import io.caravan.TestSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The button on a page of Blue's own, in a real Chromium. What it looked like is left in
 * target/sync-button.
 */
@CaravanTest
class SyncButtonTest {
  private static final Path PICTURES = Path.of("target", "sync-button");
  private static TestBrowser browser;
  private final JdbcClient jdbc = JdbcClient.create(TestSettings.database());
  private final List<String> received = new ArrayList<>();
  private int port;
  private Api api;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void browser() {
    browser = new TestBrowser();
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void page(@LocalServerPort int port) {
    this.port = port;
    api = new Api(port);
    TestGreen.FIRST.reset("succeeded");
    TestGreen.SECOND.reset("succeeded");
    TestBlueSite.SITE.caravan(port);
    jdbc.sql("delete from bluegreen.blue_sync").update();
    context =
        browser
            .chromium()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1400, 560)
                    .setTimezoneId("Pacific/Chatham")
                    .setReducedMotion(ReducedMotion.REDUCE));
    page = context.newPage();
    page.setDefaultTimeout(20_000);
  }

  @AfterEach
  void closePage() {
    context.close();
    TestGreen.FIRST.reset("succeeded");
    await().until(() -> api.get("/api/v1/blue/status").body().get("running").isNull());
  }

  private void open() {
    page.navigate(TestBlueSite.SITE.url() + "/");
  }

  private Locator toggle() {
    return page.locator("caravan-sync-button").locator("[aria-controls=panel]");
  }

  private Locator panel() {
    return page.locator("caravan-sync-button").locator("#panel");
  }

  private Locator go() {
    return panel().locator(".go");
  }

  private Locator spoken() {
    return page.locator("caravan-sync-button").locator("[role=status]");
  }

  /** What the page hears of the button. */
  private void listen() {
    page.evaluate(
        """
        () => {
          window.heard = [];
          for (const name of ['caravan-sync-started', 'caravan-sync-finished']) {
            document.addEventListener(name, event => window.heard.push([name, event.detail.success]));
          }
        }
        """);
  }

  private String heard() {
    return page.evaluate("() => JSON.stringify(window.heard)").toString();
  }

  private void syncedHoursAgo(int hours) {
    jdbc.sql(
            """
            insert into bluegreen.blue_sync (id, status, target, task_id, started_at, finished_at, lease_until)
            values (gen_random_uuid(), 'succeeded', 'https://green.example', 'task',
                    now() - make_interval(hours => :hours, secs => 42), now() - make_interval(hours => :hours), now())
            """)
        .param("hours", hours)
        .update();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsTheLastSyncThenProgressThenSuccessAndTheNewTime(boolean waits) {
    if (waits) {
      TestBlueSite.SITE.waitsForTheEnd();
    }
    syncedHoursAgo(3);
    TestGreen.FIRST.goes("queued");
    open();
    listen();
    assertThat(toggle()).hasText("Synced 3 hours ago");
    assertThat(toggle()).hasAttribute("title", Pattern.compile("Last sync: .*GMT\\+13:45"));

    toggle().click();
    assertThat(panel().locator("dd").first()).hasText("3 hours ago");
    assertThat(panel().locator("dd").nth(1)).hasText("42 s");
    go().click();

    assertThat(toggle()).hasText(Pattern.compile("Syncing….*\\d:\\d\\d"));
    assertThat(panel()).containsText("Green says: queued.");
    assertThat(panel().getByRole(AriaRole.PROGRESSBAR)).isVisible();
    assertThat(spoken()).hasText("Sync is queued.");
    assertThat(go()).hasAttribute("aria-disabled", "true");
    go().click(new Locator.ClickOptions().setForce(true));
    TestGreen.FIRST.goes("running");
    assertThat(spoken()).hasText("Sync is running.");
    TestGreen.FIRST.goes("succeeded");

    assertThat(toggle()).hasText("Synced just now");
    assertThat(spoken()).hasText("Sync succeeded.");
    assertThat(panel()).containsText("The last sync succeeded");
    assertThat(go()).hasText("Sync now");
    panel().locator("summary").click();
    assertThat(panel().locator("li"))
        .hasText(
            new Pattern[] {
              Pattern.compile(TestGreen.FIRST.url() + " accepted the sync\\."),
              Pattern.compile("..:..:..queued"),
              Pattern.compile("..:..:..running"),
              Pattern.compile("..:..:..succeeded")
            });
    assertThat(heard())
        .isEqualTo("[[\"caravan-sync-started\",null],[\"caravan-sync-finished\",true]]");
    assertThat(TestGreen.FIRST.starts()).isEqualTo(1);
  }

  @Test
  void aSyncThatFailsIsToldInWordsWithDetails() {
    syncedHoursAgo(50);
    TestGreen.FIRST.goes("running", "rejected").error("boards fell from 812 to 3 rows.");
    open();
    listen();
    toggle().click();
    go().click();

    assertThat(toggle()).hasText("Sync failed");
    assertThat(panel().locator(".box"))
        .containsText("Green ended the sync as rejected: boards fell from 812 to 3 rows.");
    assertThat(panel().locator("dd").first()).hasText("2 days ago");
    assertThat(spoken()).containsText("boards fell from 812 to 3 rows.");
    assertThat(go()).hasText("Try again");
    assertThat(heard())
        .isEqualTo("[[\"caravan-sync-started\",null],[\"caravan-sync-finished\",false]]");

    TestGreen.FIRST.goes("succeeded");
    go().click();
    assertThat(toggle()).hasText("Synced just now");
  }

  @Test
  void noGreenIsToldWithWhyOfEach() {
    TestGreen.FIRST.close();
    TestGreen.SECOND.onStart(exchange -> TestGreen.answer(exchange, 404, ""));
    open();
    toggle().click();
    go().click();

    assertThat(panel().locator(".box")).containsText("No Green accepted the sync.");
    panel().locator("summary").click();
    assertThat(panel().locator("li")).hasCount(2);
    assertThat(panel().locator("li").first()).containsText("nothing listens there");
  }

  @Test
  void anAnswerThatGetsLostIsNoFailureOfTheSync() {
    TestBlueSite.SITE.losesAnswers();
    TestGreen.FIRST.goes("running");
    open();
    listen();
    toggle().click();
    go().click();

    assertThat(spoken()).hasText("Sync is running.");
    TestGreen.FIRST.goes("succeeded");
    assertThat(spoken()).hasText("Sync succeeded.");
    assertThat(heard())
        .isEqualTo("[[\"caravan-sync-started\",null],[\"caravan-sync-finished\",true]]");
  }

  @Test
  void whatTheServerOfThePageRefusesIsTold() {
    open();
    toggle().click();
    page.route("**/blue/sync", route -> route.fulfill(new Route.FulfillOptions().setStatus(403)));
    go().click();
    assertThat(panel().locator(".box"))
        .containsText("You are not logged in, or may not start a sync.");

    page.route("**/blue/*", route -> route.abort());
    go().click();
    assertThat(panel().locator(".box")).containsText("The server of this page does not answer.");
    assertThat(TestGreen.FIRST.requests()).isEmpty();
  }

  @Test
  void withoutSettingsItSaysWhatToSet() {
    page.route(
        "**/blue/status",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        "{\"configured\":false,\"running\":null,\"lastSync\":null,\"lastSuccessfulSync\":null,\"history\":[]}")));
    open();
    toggle().click();

    assertThat(toggle()).hasText("Never synced");
    assertThat(panel()).containsText("Set TARGET_API_URL and SYNC_SECRET_KEY at Caravan.");
    assertThat(go()).hasAttribute("aria-disabled", "true");
  }

  private void boards(String body) {
    page.route(
        "**/visible-boards",
        route ->
            route.fulfill(
                body == null
                    ? new Route.FulfillOptions().setStatus(502)
                    : new Route.FulfillOptions().setContentType("application/json").setBody(body)));
    page.evaluate(
        "() => document.querySelector('caravan-sync-button').setAttribute('boards',"
            + " '/visible-boards')");
    toggle().click();
    go().click();
  }

  /** What Blue's header did: it warned, and let the editor cancel or proceed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "[] | No board is visible from outside, so Green would have none to show.",
        "{\"data\": []} | No board is visible from outside, so Green would have none to show.",
        "{} | Whether any board is visible from outside is not known:",
        "none | the server of this page answered 502."
      })
  void withoutBoardsToShowItAsksFirst(String body, String words) {
    TestGreen.FIRST.goes("succeeded");
    open();
    boards(body);

    assertThat(panel().locator(".box")).containsText(words);
    assertThat(spoken()).containsText("Sync anyway?");
    assertThat(panel().locator(".cancel")).isFocused();
    picture("doubt");
    page.keyboard().press("Enter");
    assertThat(panel().locator(".cancel")).isHidden();
    assertThat(go()).hasText("Sync now");
    assertThat(go()).isFocused();
    assertThat(TestGreen.FIRST.requests()).isEmpty();

    go().click();
    assertThat(go()).hasText("Sync anyway");
    go().click();
    assertThat(toggle()).hasText("Synced just now");
  }

  @Test
  void withBoardsToShowItDoesNotAsk() {
    TestGreen.FIRST.goes("succeeded");
    open();
    boards("[{\"id\": \"b1\"}]");

    assertThat(toggle()).hasText("Synced just now");
  }

  @Test
  void theKeyboardIsEnough() {
    TestGreen.FIRST.goes("running");
    open();
    assertThat(toggle()).hasText("Never synced");

    page.keyboard().press("Tab");
    assertThat(toggle()).isFocused();
    assertThat(toggle()).hasAttribute("aria-expanded", "false");
    page.keyboard().press("Enter");
    assertThat(toggle()).hasAttribute("aria-expanded", "true");
    page.keyboard().press("Tab");
    assertThat(go()).isFocused();
    assertThat(go().evaluate("button => getComputedStyle(button).outlineStyle").toString())
        .isEqualTo("solid");
    page.keyboard().press("Space");
    assertThat(spoken()).hasText("Sync is running.");
    assertThat(go()).isFocused();
    page.keyboard().press("Escape");
    assertThat(panel()).isHidden();
    assertThat(toggle()).isFocused();
    assertThat(toggle()).hasAttribute("aria-expanded", "false");
    TestGreen.FIRST.goes("succeeded");
    assertThat(toggle()).hasText("Synced just now");
    page.keyboard().press("Space");
    assertThat(panel()).isVisible();
    for (String stop : List.of("summary", ".go")) {
      page.keyboard().press("Tab");
      assertThat(panel().locator(stop)).isFocused();
    }
    page.keyboard().press("Tab");
    assertThat(page.locator("main a")).isFocused();
    assertThat(panel()).isHidden();
  }

  @Test
  void neitherSecretNorTokenReachesTheBrowser() {
    page.onRequest(
        request -> received.add(request.url() + request.allHeaders() + request.postData()));
    page.onRequestFinished(SyncButtonTest.this::keep);
    TestGreen.FIRST.goes("running", "failed").error("Refused Bearer " + TestGreen.SECRET);
    open();
    toggle().click();
    go().click();
    assertThat(toggle()).hasText("Sync failed");
    received.add(page.content());
    received.add(panel().innerText());
    page.waitForCondition(() -> received.stream().anyMatch(text -> text.contains("Refused")));

    assertThat(received.stream().filter(text -> text.contains("customElements.define")))
        .isNotEmpty();
    assertThat(received)
        .noneMatch(text -> text.contains(TestGreen.SECRET))
        .noneMatch(text -> text.contains(CaravanTest.TOKEN))
        .noneMatch(text -> text.toLowerCase().contains("authorization"));
    assertThat(context.cookies()).isEmpty();
  }

  private void keep(Request request) {
    received.add(request.response().allHeaders() + request.response().text());
  }

  @Test
  void onlyAnOriginThatTheSettingsNameReachesTheApiAndTheModule() {
    String call =
        """
        async address => {
          const headers = {Authorization: 'Bearer %s', Prefer: 'respond-async'};
          const answer = await fetch(address + '/api/v1/blue/sync', {method: 'POST', headers});
          return answer.status + ' ' + answer.headers.get('Location');
        }
        """
            .formatted(CaravanTest.TOKEN);
    String caravan = "http://127.0.0.1:" + port;
    TestGreen.FIRST.goes("running", "succeeded");

    page.navigate(TestBlueSite.SITE.url() + "/?module");
    assertThat(toggle()).isVisible();
    assertThat(page.evaluate(call, caravan)).isEqualTo("202 /api/v1/blue/status");
    await().until(() -> api.get("/api/v1/blue/status").body().get("running").isNull());
    page.reload();
    assertThat(toggle()).hasText("Synced just now");

    page.navigate(TestBlueSite.SITE.otherOrigin() + "/?module");
    assertThatThrownBy(() -> page.evaluate(call, caravan))
        .isInstanceOf(PlaywrightException.class)
        .hasMessageContaining("Failed to fetch");
    assertThat(toggle()).hasCount(0);
    page.navigate(TestBlueSite.SITE.otherOrigin() + "/");
    assertThat(toggle()).hasText("Synced just now");
    assertThat(TestGreen.FIRST.starts()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1400, LIGHT, NONE",
    "1400, DARK, NONE",
    "400, LIGHT, NONE",
    "400, DARK, NONE",
    "320, DARK, ACTIVE"
  })
  void looksRightInEveryState(int width, ColorScheme scheme, ForcedColors forced) {
    page.setViewportSize(width, 560);
    page.emulateMedia(
        new Page.EmulateMediaOptions().setColorScheme(scheme).setForcedColors(forced));
    String prefix = width + "-" + scheme.name().toLowerCase() + "-";
    open();
    assertThat(toggle()).hasText("Never synced");
    picture(prefix + "1-never-closed");
    syncedHoursAgo(3);
    page.reload();
    assertThat(toggle()).hasText("Synced 3 hours ago");
    toggle().click();
    picture(prefix + "2-idle");
    TestGreen.FIRST.goes("running");
    go().click();
    assertThat(panel()).containsText("Green says: running.");
    picture(prefix + "3-running");
    TestGreen.FIRST.close();
    assertThat(panel()).containsText("Green does not answer at the moment");
    TestGreen.FIRST.goes("succeeded").open();
    assertThat(toggle()).hasText("Synced just now");
    panel().locator("summary").click();
    picture(prefix + "4-succeeded");
    TestGreen.FIRST.close();
    TestGreen.SECOND.goes("failed").error("talents: the source answered 502 three times.");
    go().click();
    assertThat(toggle()).hasText("Sync failed");
    picture(prefix + "5-failed");
    page.keyboard().press("Escape");
    picture(prefix + "6-failed-closed");
  }

  /** A picture, of a page that fits its window. */
  private void picture(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    assertThat(
            (Boolean)
                page.evaluate(
                    "() => document.documentElement.scrollWidth <="
                        + " document.documentElement.clientWidth"))
        .as(name)
        .isTrue();
    if (panel().isVisible()) {
      var box = panel().boundingBox();
      assertThat(box.x).as(name).isGreaterThanOrEqualTo(0);
      assertThat(box.x + box.width).as(name).isLessThanOrEqualTo(page.viewportSize().width);
    }
  }

  @Test
  void theScriptMayBeKeptByAnybodyAndSetsNoCookie() {
    Api.Answer script = api.call("GET", "/embed/sync-button.js", null, Map.of("Authorization", ""));

    assertThat(script.status()).isEqualTo(200);
    var headers = script.raw().headers();
    assertThat(headers.firstValue("Content-Type").orElse("")).startsWith("text/javascript");
    assertThat(headers.firstValue("Cache-Control")).contains("max-age=3600, public");
    assertThat(headers.firstValue("Last-Modified")).isPresent();
    assertThat(headers.firstValue("Set-Cookie")).isEmpty();
    assertThat(headers.allValues("Vary")).contains("Origin");
  }
}
