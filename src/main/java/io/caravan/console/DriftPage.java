package io.caravan.console;

import io.caravan.schemasync.Drift;
import io.caravan.schemasync.Incident;
import io.caravan.schemasync.IncidentState;
import io.caravan.source.Organization;
import io.caravan.source.Organizations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * {@code /console/drift}: where datasets and live schemas disagree, and what to do about it. Slack
 * messages lead here with a {@code datasetId}.
 */
@Controller
@ConditionalOnWebApplication
@RequestMapping("/console/drift")
class DriftPage {
  private static final int INCIDENTS = 200;

  private final Drift drift;
  private final Organizations organizations;

  DriftPage(Drift drift, Organizations organizations) {
    this.drift = drift;
    this.organizations = organizations;
  }

  /**
   * What the page is narrowed to; null narrows nothing.
   *
   * @param state null for all that is not resolved
   */
  record Filter(UUID organizationId, UUID datasetId, IncidentState state) {
    private String page(RedirectAttributes attributes) {
      if (organizationId != null) {
        attributes.addAttribute("organizationId", organizationId);
      }
      if (datasetId != null) {
        attributes.addAttribute("datasetId", datasetId);
      }
      if (state != null) {
        attributes.addAttribute("state", state.word());
      }
      return "redirect:/console/drift";
    }
  }

  /** A dataset with its incidents, the worst first. */
  record Group(UUID datasetId, String dataset, String organization, List<Incident> incidents) {}

  @GetMapping
  String show(Filter filter, Model model) {
    List<Organization> all = organizations.list();
    List<Incident> found =
        drift.worstFirst(
            filter.organizationId(), filter.datasetId(), filter.state(), INCIDENTS + 1);
    boolean more = found.size() > INCIDENTS;
    model.addAttribute("groups", groups(more ? found.subList(0, INCIDENTS) : found, all));
    model.addAttribute("most", more ? INCIDENTS : null);
    model.addAttribute("organizations", all);
    model.addAttribute("states", IncidentState.values());
    model.addAttribute("filter", filter);
    return "console/drift";
  }

  private static List<Group> groups(List<Incident> incidents, List<Organization> organizations) {
    var names =
        organizations.stream().collect(Collectors.toMap(Organization::id, Organization::name));
    return incidents.stream()
        .collect(
            Collectors.groupingBy(Incident::datasetId, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(
            own -> {
              Incident worst = own.getFirst();
              return new Group(
                  worst.datasetId(), worst.datasetName(), names.get(worst.organizationId()), own);
            })
        .toList();
  }

  @PostMapping("/{id}/acknowledge")
  String acknowledge(@PathVariable UUID id, Filter filter, RedirectAttributes page) {
    return act(page, filter, () -> drift.acknowledge(id), "is acknowledged: no reminders.");
  }

  @PostMapping("/{id}/snooze")
  String snooze(
      @PathVariable UUID id, @RequestParam int days, Filter filter, RedirectAttributes page) {
    Instant until = Instant.now().plus(Duration.ofDays(days));
    return act(
        page,
        filter,
        () -> drift.snooze(id, new Drift.Snooze(until)),
        "is snoozed for %d days.".formatted(days));
  }

  @PostMapping("/{id}/accept")
  String accept(@PathVariable UUID id, Filter filter, RedirectAttributes page) {
    return act(page, filter, () -> drift.accept(id), "is settled: the YAML was changed.");
  }

  private static String act(
      RedirectAttributes page, Filter filter, Supplier<Incident> action, String what) {
    Notice.of(page, () -> Notice.done(place(action.get()) + " " + what));
    return filter.page(page);
  }

  private static String place(Incident incident) {
    return Stream.of(incident.datasetName(), incident.tableName(), incident.columnName())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" / "));
  }
}
