package io.caravan.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.TestBrowser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The console in a real Chromium: the one on the PATH, or else the one that Playwright brings. What
 * it looked like is left in target/console.
 */
@CaravanTest
class ConsoleInBrowserTest {
  private static final Path PICTURES = Path.of("target", "console");
  private static TestBrowser browser;
  private final List<String> complaints = new ArrayList<>();
  private String base;
  private DriftingShop shop;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void browser() {
    browser = new TestBrowser();
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void open(@LocalServerPort int port) {
    base = "http://localhost:" + port;
    shop = new DriftingShop(new Api(port));
    context = browser.chromium().newContext();
    page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onDialog(
        dialog -> {
          complaints.add(dialog.message());
          dialog.accept();
        });
    page.navigate(base + "/console");
    logIn();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    assertThat(page).hasURL(Pattern.compile("/console(\\?continue)?$"));
    // Before its scripts are there a button sends its form as a whole new page.
    page.waitForLoadState();
  }

  private void logIn() {
    page.fill("[name=username]", "admin");
    page.fill("[name=password]", CaravanTest.ADMIN_PASSWORD);
    page.click("button[type=submit]");
  }

  @AfterEach
  void close() {
    context.close();
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({"1400, LIGHT", "400, DARK"})
  void aPersonClicksThrough(int width, ColorScheme scheme) {
    page.setViewportSize(width, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    picture("pipelines-" + width);

    page.locator("#run-schemasync").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#notice")).containsText("schemasync was started.");
    assertThat(page.locator("#run-schemasync")).isFocused();
    page.locator("#notice a").click();
    assertThat(page.locator("h1 .state")).hasText(Pattern.compile("succeeded|partial|failed"));
    page.locator("#report-summary").click();
    assertThat(page.locator("#report pre")).containsText("totalDiscrepancies");
    refresh();
    assertThat(page.locator("#report pre")).isVisible();
    assertThat(page.locator("#report-summary")).isFocused();
    picture("run-" + width);

    page.navigate(base + "/console/connectors");
    assertThat(page.locator("h1")).hasText("Connectors");
    picture("connectors-" + width);

    page.navigate(base + "/console/drift?datasetId=" + shop.dataset);
    assertThat(page.locator("h2")).containsText(DriftingShop.DATASET);
    picture("drift-" + width);
    Locator incident =
        page.locator(".incident").filter(new Locator.FilterOptions().setHasText("Missing column"));
    incident.getByText("Snooze 7 days").click();
    assertThat(page.locator("#notice")).containsText("is snoozed for 7 days.");
    assertThat(incident).containsText("snoozed until");
    incident.getByText("Accept the change").click();
    assertThat(page.locator("#notice")).containsText("the YAML was changed.");
    assertThat(incident).hasCount(0);
    assertThat(shop.yml()).contains("order_status");
    assertThat(page).hasURL(base + "/console/drift?datasetId=" + shop.dataset);
    assertThat(complaints).containsExactly("Write this change into the dataset's YAML?");

    context.clearCookies();
    refresh();
    assertThat(page.locator("#logged-out")).isVisible();
    assertThat(page.locator("[name=password]")).hasCount(0);
    assertThat(page.locator(".incident")).hasCount(1);
    page.locator("#logged-out a").click();
    logIn();
    assertThat(page.locator("h1")).hasText("Drift");
    assertThat(page.locator("header nav")).isVisible();
  }

  /** What came of a button is told, and the page stays, whatever the clock does meanwhile. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "refresh(); button().click()",
        "document.addEventListener('htmx:afterSwap', () => setTimeout(() => button().click()),"
            + " {once: true});refresh()"
      })
  void aButtonPressedDuringARefresh(String pressed) {
    page.evaluate(
        """
        pressed => {
          window.stayed = true;
          const button = () => document.getElementById('run-schemasync');
          const refresh = () => htmx.ajax('GET', document.getElementById('page').getAttribute('hx-get'),
              {source: '#page', target: '#page', swap: 'outerHTML'});
          new Function('button', 'refresh', pressed)(button, refresh);
        }\
        """,
        pressed);

    assertThat(page.locator("#notice")).containsText("schemasync was started.");
    assertThat(page.evaluate("() => window.stayed")).isEqualTo(true);
  }

  /** As the clock does it. */
  private void refresh() {
    page.waitForResponse(
        response -> response.request().headers().containsKey("hx-request"),
        () ->
            page.evaluate(
                "() => htmx.ajax('GET', document.getElementById('page').getAttribute('hx-get'),"
                    + " {source: '#page', target: '#page', swap: 'outerHTML'})"));
  }

  /** A picture, of a page that fits its window. */
  private void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
    assertThat(
            (Boolean)
                page.evaluate(
                    "() => document.documentElement.scrollWidth <="
                        + " document.documentElement.clientWidth"))
        .as(name)
        .isTrue();
  }
}
