package io.caravan.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every route file has to keep to, so that the next one reads like the last. */
class RouteConventionsTest {
  private static final Path ROUTES = Path.of("routes");
  private static final Set<String> SHARED_GROUPS =
      Set.of("runs", "sources", "slack", "outage", "airtable", "sheets", "connections");

  /** The Blue side asks another Caravan for a run, and has none of its own. */
  private static final Set<String> GROUPS_WITHOUT_RUNS = Set.of("blue");

  private static final Set<String> EIPS_THAT_NEED_AN_ID =
      Set.of(
          "to",
          "toD",
          "bean",
          "wireTap",
          "split",
          "filter",
          "choice",
          "enrich",
          "pollEnrich",
          "aggregate",
          "multicast",
          "loop",
          "delay",
          "throttle",
          "doTry",
          "setBody",
          "setHeader",
          "setVariable",
          "marshal",
          "unmarshal",
          "process");
  private static final Set<String> ROOTS =
      Set.of("route", "routeConfiguration", "rest", "routeTemplate", "beans");
  private static final Pattern SQL =
      Pattern.compile(
          "(?i)\\b(select|insert|update|delete|merge)\\b.+\\b(from|into|set|values)\\b");
  private static final Pattern COMMENT = Pattern.compile("(?m)(^|\\s)#");
  private static final Pattern DIRECT = Pattern.compile("direct:([\\w-]+)");

  private record Route(Path file, JsonNode node) {
    String id() {
      return node.path("id").asText();
    }
  }

  @Test
  void everyRouteHasAnIdThatBeginsWithItsGroupAndASentence() {
    List<Route> routes = routes();
    assertThat(routes).isNotEmpty();
    for (Route route : routes) {
      String at = route.file() + " " + route.id();
      assertThat(route.id()).as(at).matches("[a-z]+(-[a-z]+)+");
      assertThat(route.node().path("description").asText())
          .as(at)
          .matches("[A-Z].*\\.")
          .doesNotContain("{");
      String group = route.node().path("group").asText();
      assertThat(group).as(at).isNotEmpty();
      if (SHARED_GROUPS.contains(group)) {
        assertThat(route.file().toString()).as(at).contains("shared");
      } else {
        assertThat(route.id()).as(at).startsWith(group + "-");
        assertThat(route.file().getFileName().toString()).as(at).startsWith(group);
      }
    }
  }

  @Test
  void idsOfRoutesAndStepsAreUniqueInTheProduct() {
    Map<String, String> seen = new HashMap<>();
    for (Route route : routes()) {
      assertThat(seen.put(route.id(), route.file().toString())).as(route.id()).isNull();
      steps(
          route.node(),
          (name, step) -> {
            String id = step.path("id").asText();
            if (!id.isEmpty()) {
              assertThat(seen.put(id, route.id())).as("step %s of %s", id, route.id()).isNull();
            }
          });
    }
  }

  @Test
  void everyStepThatLeavesDecidesOrLoopsHasAnId() {
    eachStep(
        (name, step) -> {
          if (EIPS_THAT_NEED_AN_ID.contains(name)) {
            assertThat(step.path("id").asText())
                .as("a step %s: %s", name, step)
                .matches("[a-z]+(-[a-z0-9]+)+");
          }
        });
  }

  @Test
  void everyDirectCallHasItsRouteAndEveryDirectRouteHasTheIdOfItsEndpoint() {
    Map<String, String> endpoints = new TreeMap<>();
    Set<String> called = new HashSet<>();
    for (Route route : routes()) {
      String from = work(route.node().path("from").path("uri").asText());
      if (from.startsWith("direct:")) {
        endpoints.put(from.substring("direct:".length()), route.id());
      }
      texts(route.node().path("from").path("steps"))
          .forEach(
              text -> {
                Matcher direct = DIRECT.matcher(work(text));
                if (direct.matches()) {
                  called.add(direct.group(1));
                }
              });
    }
    endpoints.forEach((endpoint, id) -> assertThat(id).isEqualTo(endpoint));
    assertThat(endpoints.keySet()).containsAll(called);
  }

  /** The command line has no routes of the API, and whoever calls a missing one hangs. */
  @Test
  void noRouteCallsOneOfTheApiWithoutBelongingToIt() {
    Set<String> ofApi = new HashSet<>();
    routes().stream()
        .filter(route -> isOfApi(route))
        .forEach(route -> ofApi.add(route.node().path("from").path("uri").asText()));
    assertThat(ofApi).isNotEmpty();
    for (Route route : routes()) {
      if (!isOfApi(route)) {
        assertThat(texts(route.node().path("from").path("steps")))
            .as(route.id())
            .doesNotContainAnyElementsOf(ofApi);
      }
    }
  }

  private static boolean isOfApi(Route route) {
    return route.file().toString().endsWith("api.camel.yaml");
  }

  @Test
  void everyPipelineHasTheRoutesThatTheSharedOnesCall() {
    Set<String> ids = new HashSet<>();
    Set<String> slugs = new HashSet<>();
    routes()
        .forEach(
            route -> {
              ids.add(route.id());
              slugs.add(route.node().path("group").asText());
            });
    slugs.removeAll(SHARED_GROUPS);
    slugs.removeAll(GROUPS_WITHOUT_RUNS);
    assertThat(slugs).isNotEmpty();
    for (String slug : slugs) {
      assertThat(ids).contains(slug + "-run", slug + "-report", slug + "-note-failure");
    }
  }

  @Test
  void routesAreCanonicalAndHoldNoSqlNoExpressionProgramsAndNoSecrets() {
    for (Path file : files()) {
      for (JsonNode root : read(file)) {
        assertThat(root.fieldNames().next()).as(file.toString()).isIn(ROOTS);
      }
      for (String text : texts(read(file))) {
        assertThat(SQL.matcher(text).find()).as("SQL in %s: %s", file, text).isFalse();
        assertThat(text).as(file.toString()).doesNotContain("password").hasSizeLessThan(140);
      }
      String yaml = text(file);
      assertThat(yaml).as(file.toString()).doesNotContain("groovy:", "claimCheck:");
      assertThat(COMMENT.matcher(yaml).find()).as("comment in " + file).isFalse();
    }
    eachStep(
        (name, step) ->
            assertThat(step.isObject() || step.isArray())
                .as("short form of %s: %s", name, step)
                .isTrue());
  }

  /** One that lets go of its thread has everybody go on on the same one, one after another. */
  @Test
  void whoWaitsKeepsTheThread() {
    eachStep(
        (name, step) -> {
          if (name.equals("delay")) {
            assertThat(step.path("asyncDelayed").asText())
                .as("asyncDelayed of " + step.path("id").asText())
                .isEqualTo("false");
          }
        });
  }

  @Test
  void routesStaySmall() {
    for (Path file : files()) {
      assertThat(text(file).lines().count()).as(file.toString()).isLessThanOrEqualTo(200);
    }
    for (Route route : routes()) {
      assertThat(route.node().path("from").path("steps").size()).as(route.id()).isBetween(1, 7);
    }
    Map<Path, Integer> count = new HashMap<>();
    routes().forEach(route -> count.merge(route.file(), 1, Integer::sum));
    count.forEach((file, routes) -> assertThat(routes).as(file.toString()).isLessThanOrEqualTo(8));
  }

  private static String work(String uri) {
    return uri.replace("{{caravan.work}}", "direct");
  }

  private static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode root : read(file)) {
        if (root.has("route")) {
          routes.add(new Route(file, root.get("route")));
        }
      }
    }
    return routes;
  }

  private static List<Path> files() {
    try (Stream<Path> found = Files.walk(ROUTES)) {
      return found.filter(path -> path.toString().endsWith(".camel.yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every step of the product, by its EIP's name. */
  private static void eachStep(BiConsumer<String, JsonNode> visitor) {
    routes().forEach(route -> steps(route.node(), visitor));
  }

  /** Every entry of every list of steps, by its EIP's name. */
  private static void steps(JsonNode node, BiConsumer<String, JsonNode> visitor) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                if (field.getKey().equals("steps")) {
                  field
                      .getValue()
                      .forEach(
                          step ->
                              step.properties()
                                  .forEach(eip -> visitor.accept(eip.getKey(), eip.getValue())));
                }
                steps(field.getValue(), visitor);
              });
    } else if (node.isArray()) {
      node.forEach(child -> steps(child, visitor));
    }
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    } else {
      node.forEach(child -> texts.addAll(texts(child)));
    }
    return texts;
  }
}
