package io.caravan.camel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** The route file of a connector type, as Camel reads it. */
final class ConnectorRouteFile {
  private ConnectorRouteFile() {}

  /**
   * Reads a file without making a route of it.
   *
   * @param template the id that its template has to have
   * @return what is wrong, in one line
   */
  static Optional<String> problem(CamelContext camel, String template, byte[] content) {
    try {
      List<RouteTemplateDefinition> templates = new ArrayList<>();
      for (RoutesBuilder builder :
          PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource(template, content))) {
        RouteBuilder routes = (RouteBuilder) builder;
        routes.configureRoutes(camel);
        templates.addAll(routes.getRouteTemplateCollection().getRouteTemplates());
      }
      return problem(template, templates);
    } catch (Exception e) {
      return Optional.of(sentence(e));
    }
  }

  private static Optional<String> problem(
      String template, List<RouteTemplateDefinition> templates) {
    if (templates.isEmpty()) {
      return Optional.of("it has no routeTemplate with the id " + template);
    }
    if (templates.size() > 1) {
      return Optional.of("it has %d routeTemplates instead of one".formatted(templates.size()));
    }
    RouteTemplateDefinition only = templates.getFirst();
    if (!template.equals(only.getId())) {
      return Optional.of(
          "its routeTemplate has the id %s, not %s".formatted(only.getId(), template));
    }
    if (only.getRoute() == null || only.getRoute().getInput() == null) {
      return Optional.of("its routeTemplate has no from");
    }
    return Optional.empty();
  }

  static Resource resource(String template, byte[] content) {
    return ResourceHelper.fromString(
        template + ".yaml", new String(content, StandardCharsets.UTF_8));
  }

  /** The parser's own messages show the file in several lines. */
  private static String sentence(Exception thrown) {
    return Stream.<Throwable>iterate(thrown, e -> e != null, Throwable::getCause)
        .filter(MarkedYamlEngineException.class::isInstance)
        .map(MarkedYamlEngineException.class::cast)
        .findFirst()
        .map(ConnectorRouteFile::withPlace)
        .or(() -> Optional.ofNullable(thrown.getMessage()))
        .orElse("Camel can make no routeTemplate of it")
        .replaceAll("\\s+", " ");
  }

  private static String withPlace(MarkedYamlEngineException problem) {
    return problem
        .getProblemMark()
        .map(
            mark ->
                "%s (line %d, column %d)"
                    .formatted(problem.getProblem(), mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(problem::getProblem);
  }
}
