package io.caravan.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.cli.CheckRunner.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What programs read, read back as they do. */
class SchemaCheckFormatsTest {
  private static String url;

  @TempDir private Path folder;
  private CheckRunner runner;

  @BeforeAll
  static void database() {
    url = CheckRunner.postgres("create table orders (id int, joined date, amount int)");
  }

  /**
   * A column that is missing, one of another type, one that is wider, and a file that is broken.
   */
  @BeforeEach
  void files() throws IOException {
    runner =
        new CheckRunner(folder)
            .file(
                "some folder/c: örders.yml",
                """
                name: orders
                schema: public
                dimensions:
                  - {name: "<gone> ü & \\u0001 😀", type: text}
                  - {name: joined, type: boolean}
                  - {name: id, type: smallint, not_null: true}
                """)
            .file("b.yml", "name: orders\ndimensions:\n  - [")
            .file("a.yml", "name: orders\nschema: public\ndimensions: [{name: amount}]\n");
  }

  private Result check(String format, String... more) {
    String[] options =
        IntStream.range(0, 4 + more.length)
            .mapToObj(
                i ->
                    switch (i) {
                      case 0 -> "--user";
                      case 1 -> "postgres";
                      case 2 -> "--format";
                      case 3 -> format;
                      default -> more[i - 4];
                    })
            .toArray(String[]::new);
    return runner.check(url, options);
  }

  @Test
  void sarifHasWhatCodeScanningNeeds() {
    Result result = check("sarif");

    assertThat(result.status()).isEqualTo(1);
    assertThat(US_ASCII.newEncoder().canEncode(result.out())).isTrue();
    JsonNode sarif = result.json();
    assertThat(sarif.get("version").asText()).isEqualTo("2.1.0");
    assertThat(sarif.get("$schema").asText()).contains("sarif-schema-2.1.0.json");
    assertThat(sarif.get("runs")).hasSize(1);
    JsonNode rules = sarif.at("/runs/0/tool/driver/rules");
    assertThat(sarif.at("/runs/0/tool/driver/name").asText()).isNotEmpty();
    assertThat(rules.findValuesAsText("id")).doesNotHaveDuplicates().contains("missing_column");
    JsonNode results = sarif.at("/runs/0/results");
    assertThat(results.size()).isGreaterThanOrEqualTo(4);
    for (JsonNode one : results) {
      assertThat(one.at("/message/text").asText()).isNotEmpty();
      assertThat(rules.get(one.get("ruleIndex").asInt()).get("id")).isEqualTo(one.get("ruleId"));
      assertThat(one.get("level").asText()).isIn("error", "warning", "note");
      assertThat(one.get("locations")).hasSize(1);
      JsonNode place = one.at("/locations/0/physicalLocation");
      assertThat(place.at("/region/startLine").asInt()).isPositive();
      assertThat(place.at("/artifactLocation/uri").asText())
          .isIn("b.yml", "some%20folder/c%3A%20%C3%B6rders.yml");
    }
    assertThat(results.findValuesAsText("ruleId").getFirst()).isEqualTo("unverifiable");
    assertThat(results.at("/0/locations/0/physicalLocation/region/startLine").asInt())
        .isGreaterThanOrEqualTo(3);
    assertThat(results.findValuesAsText("level")).contains("error", "warning", "note");
  }

  @Test
  void junitIsReadByAParser() throws Exception {
    Result result = check("junit");

    assertThat(result.status()).isEqualTo(1);
    Document xml = parse(result);
    assertThat(xml.getDocumentElement().getTagName()).isEqualTo("testsuites");
    assertThat(xml.getDocumentElement().getAttribute("tests")).isEqualTo("3");
    assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("2");
    Element clean = suite(xml, 0);
    assertThat(clean.getAttribute("name")).isEqualTo("a.yml");
    assertThat(clean.getAttribute("failures")).isEqualTo("0");
    assertThat(clean.getElementsByTagName("failure").getLength()).isZero();
    Element broken = suite(xml, 1);
    assertThat(text(broken, "failure")).contains("b.yml:").contains("no valid YAML");
    Element drifted = suite(xml, 2);
    assertThat(drifted.getAttribute("name")).isEqualTo("some folder/c: örders.yml");
    assertThat(((Element) drifted.getElementsByTagName("testcase").item(0)).getAttribute("name"))
        .isEqualTo("orders");
    assertThat(text(drifted, "failure")).contains("<gone> ü &  😀", ":4: ");
    assertThat(text(drifted, "system-out")).contains("warning", "info", "joined");
  }

  @Test
  void aWarningIsAFailureInJunitWhenItFailsTheCheck() throws Exception {
    Element drifted = suite(parse(check("junit", "--fail-on", "warning")), 2);

    assertThat(text(drifted, "failure")).contains("warning", "joined");
    assertThat(text(drifted, "system-out")).contains("info").doesNotContain("warning");
  }

  @Test
  void textHasOneLineForEachAndNothingThatSteersATerminal() throws IOException {
    runner.file("d.yml", "name: \"x\\e[31m\\n::error::y\"\nschema: public\n");

    Result result = check("text");

    assertThat(result.out()).contains("unverifiable  b.yml:3  yml: line").doesNotContain("\u001b");
    assertThat(result.out().lines()).noneMatch(line -> line.strip().startsWith("::"));
  }

  private static Document parse(Result result) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(result.out().getBytes(US_ASCII)));
  }

  private static Element suite(Document xml, int index) {
    return (Element) xml.getElementsByTagName("testsuite").item(index);
  }

  private static String text(Element suite, String tag) {
    return suite.getElementsByTagName(tag).item(0).getTextContent();
  }
}
