package io.caravan.console;

import io.caravan.camel.RunStarter;
import io.caravan.connectorsync.Connector;
import io.caravan.connectorsync.ConnectorStatus;
import io.caravan.connectorsync.Connectors;
import io.caravan.run.RunRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /console/connectors}: how each connector fares, and when it is synced next (CN-09). */
@Controller
@ConditionalOnWebApplication
@RequestMapping("/console/connectors")
class ConnectorPage {
  private static final int CONNECTORS = 50;

  private final Connectors connectors;
  private final RunStarter starter;

  ConnectorPage(Connectors connectors, RunStarter starter) {
    this.connectors = connectors;
    this.starter = starter;
  }

  /**
   * What the page is narrowed to; null narrows nothing.
   *
   * @param tenantId whose connectors
   * @param after id of the last connector of the page before
   */
  record Filter(String tenantId, ConnectorStatus status, UUID after) {
    Filter {
      tenantId = tenantId == null || tenantId.isBlank() ? null : tenantId;
    }

    private String page(RedirectAttributes attributes) {
      if (tenantId != null) {
        attributes.addAttribute("tenantId", tenantId);
      }
      if (status != null) {
        attributes.addAttribute("status", status);
      }
      if (after != null) {
        attributes.addAttribute("after", after);
      }
      return "redirect:/console/connectors";
    }
  }

  @GetMapping
  String show(Filter filter, Model model) {
    List<Connector> found =
        connectors.list(filter.tenantId(), filter.status(), null, filter.after(), CONNECTORS + 1);
    boolean more = found.size() > CONNECTORS;
    model.addAttribute("connectors", more ? found.subList(0, CONNECTORS) : found);
    model.addAttribute("next", more ? found.get(CONNECTORS - 1).id() : null);
    model.addAttribute("statuses", ConnectorStatus.values());
    model.addAttribute("filter", filter);
    return "console/connectors";
  }

  @PostMapping("/{id}/sync")
  String sync(@PathVariable UUID id, Filter filter, RedirectAttributes page) {
    Notice.of(
        page,
        () -> {
          String name = connectors.get(id).name();
          RunRequest only = new RunRequest(List.of(id.toString()), null, false, false, null);
          return Notice.started(
              "A sync of %s was started.".formatted(name),
              starter.start("connectorsync", "console", only));
        });
    return filter.page(page);
  }

  /** One that is active is tried at once, whatever stood in the way (CN-11). */
  @PostMapping("/{id}/switch")
  String switchTo(
      @PathVariable UUID id, @RequestParam String to, Filter filter, RedirectAttributes page) {
    Notice.of(
        page,
        () -> {
          Connector switched = connectors.patch(id, Map.of("status", to));
          return Notice.done("%s is %s now.".formatted(switched.name(), to));
        });
    return filter.page(page);
  }
}
