package io.caravan.camel;

import io.caravan.connectorsync.ConnectorTypeFiles;
import io.caravan.connectorsync.RouteFileCheck;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes a route of each connector type's template, when the type is used and whenever its file has
 * changed since. Syncs that are under way then end on the route that they began on.
 */
@Component
class ConnectorRoutes implements RouteFileCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorRoutes.class);
  private static final String PREFIX = "connector-";

  /** Longer than it takes from asking for a route to being on it. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private final CamelContext camel;
  private final ConnectorTypeFiles files;
  private final Map<String, Checked> checked = new HashMap<>();
  private final Map<String, Loaded> loaded = new HashMap<>();
  private final List<Retired> retired = new ArrayList<>();

  ConnectorRoutes(CamelContext camel, ConnectorTypeFiles files) {
    this.camel = camel;
    this.files = files;
  }

  private record Checked(byte[] content, Optional<String> problem) {}

  private record Loaded(byte[] content, String route) {}

  private record Retired(String route, Instant since) {}

  /** The file is looked at once; the list of the types is asked for far more often. */
  @Override
  public synchronized Optional<String> problem(String type, byte[] content) {
    Checked before = checked.get(type);
    if (before == null || !Arrays.equals(content, before.content())) {
      before = new Checked(content, ConnectorRouteFile.problem(camel, PREFIX + type, content));
      checked.put(type, before);
    }
    return before.problem();
  }

  /**
   * Sees to it that a type's route is the one of its file.
   *
   * @return the route's id, and the name of its {@code direct:} endpoint
   * @throws Failure of kind configuration when the file is gone or makes no route
   */
  public synchronized String ready(String named) {
    String type = ConnectorTypeFiles.name(named);
    ConnectorTypeFiles.TypeFiles found = files.found().get(type);
    if (found == null || found.route() == null) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The connector type %s is not installed: %s.camel.yaml is missing."
              .formatted(type, type));
    }
    try {
      removeRetired();
      byte[] content = found.route().getContentAsByteArray();
      Loaded before = loaded.get(type);
      if (before != null && Arrays.equals(content, before.content())) {
        return before.route();
      }
      Optional<String> problem = problem(type, content);
      if (problem.isPresent()) {
        throw new IllegalArgumentException(problem.get());
      }
      String route = load(PREFIX + type, content);
      loaded.put(type, new Loaded(content, route));
      if (before != null) {
        retired.add(new Retired(before.route(), Instant.now()));
      }
      return route;
    } catch (Exception e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The route of connector type %s cannot be used: %s".formatted(type, e.getMessage()),
          e);
    }
  }

  private String load(String template, byte[] content) throws Exception {
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    model.removeRouteTemplateDefinitions(template);
    PluginHelper.getRoutesLoader(camel).loadRoutes(ConnectorRouteFile.resource(template, content));
    RouteDefinition definition = model.getRouteTemplateDefinition(template).getRoute();
    if (!definition.isErrorHandlerFactorySet()) {
      // A failure ends the sync, which may then be begun anew from its first page.
      definition.errorHandler(new NoErrorHandlerDefinition());
    }
    String route = free(template);
    definition.getInput().setUri("direct:" + route);
    TemplatedRouteBuilder.builder(camel, template).routeId(route).add();
    LOG.info("The route {} is there", route);
    return route;
  }

  /** The template's id; with a number where a route of an earlier file is still there. */
  private String free(String template) {
    return Stream.iterate(1, number -> number + 1)
        .map(number -> number == 1 ? template : template + "." + number)
        .filter(id -> camel.getRoute(id) == null)
        .findFirst()
        .orElseThrow();
  }

  private void removeRetired() throws Exception {
    Instant before = Instant.now().minus(ON_ITS_WAY);
    for (Retired old : List.copyOf(retired)) {
      if (old.since().isBefore(before) && camel.getInflightRepository().size(old.route()) == 0) {
        camel.getRouteController().stopRoute(old.route());
        camel.removeRoute(old.route());
        retired.remove(old);
      }
    }
  }
}
