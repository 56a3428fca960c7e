package io.caravan.camel;

import io.caravan.connectorsync.ConnectorTypeFiles;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes a route of each connector type's template, when the type is used and whenever its file has
 * changed since.
 */
@Component
class ConnectorRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorRoutes.class);
  private static final String PREFIX = "connector-";

  private final CamelContext camel;
  private final ConnectorTypeFiles files;
  private final Map<String, byte[]> loaded = new HashMap<>();

  ConnectorRoutes(CamelContext camel, ConnectorTypeFiles files) {
    this.camel = camel;
    this.files = files;
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
    String id = PREFIX + type;
    try {
      byte[] content = found.route().getContentAsByteArray();
      if (!Arrays.equals(content, loaded.get(type))) {
        load(id, content);
        loaded.put(type, content);
      }
      return id;
    } catch (Exception e) {
      throw new Failure(
          FailureKind.CONFIGURATION,
          "The route of connector type %s cannot be used: %s".formatted(type, e.getMessage()),
          e);
    }
  }

  private void load(String id, byte[] content) throws Exception {
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    if (camel.getRoute(id) != null) {
      // Syncs that are under way end before.
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
    }
    model.removeRouteTemplateDefinitions(id);
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.fromString(id + ".yaml", new String(content, StandardCharsets.UTF_8)));
    if (model.getRouteTemplateDefinition(id) == null) {
      throw new IllegalArgumentException("it has no routeTemplate with the id " + id);
    }
    RouteDefinition route = model.getRouteTemplateDefinition(id).getRoute();
    if (!route.isErrorHandlerFactorySet()) {
      // A failure ends the sync, which may then be begun anew from its first page.
      route.errorHandler(new NoErrorHandlerDefinition());
    }
    TemplatedRouteBuilder.builder(camel, id).routeId(id).add();
    LOG.info("The route {} is there", id);
  }
}
