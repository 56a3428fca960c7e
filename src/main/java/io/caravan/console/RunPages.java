package io.caravan.console;

import io.caravan.camel.RunStarter;
import io.caravan.run.ItemState;
import io.caravan.run.Pipelines;
import io.caravan.run.Run;
import io.caravan.run.RunItem;
import io.caravan.run.RunStatus;
import io.caravan.run.RunSummary;
import io.caravan.run.Runs;
import java.util.List;
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

/** {@code /console/runs}: the history, and one run with what became of each of its items. */
@Controller
@ConditionalOnWebApplication
@RequestMapping("/console/runs")
class RunPages {
  private static final int RUNS = 50;
  private static final int ITEMS = 200;
  private static final String OF_ONE = "redirect:/console/runs/{id}";

  private final Runs runs;
  private final Pipelines pipelines;
  private final RunStarter starter;

  RunPages(Runs runs, Pipelines pipelines, RunStarter starter) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.starter = starter;
  }

  @GetMapping
  String list(
      @RequestParam(required = false) String pipeline,
      @RequestParam(required = false) RunStatus status,
      @RequestParam(required = false) UUID before,
      Model model) {
    String slug = pipeline == null || pipeline.isBlank() ? null : pipelines.slug(pipeline);
    List<RunSummary> found = runs.summaries(slug, status, before, RUNS + 1);
    boolean more = found.size() > RUNS;
    model.addAttribute("runs", more ? found.subList(0, RUNS) : found);
    model.addAttribute("older", more ? found.get(RUNS - 1).id() : null);
    model.addAttribute("pipelines", pipelines.names());
    model.addAttribute("statuses", RunStatus.values());
    model.addAttribute("pipeline", slug);
    model.addAttribute("status", status);
    model.addAttribute("before", before);
    return "console/runs";
  }

  @GetMapping("/{id}")
  String show(
      @PathVariable UUID id,
      @RequestParam(required = false) ItemState state,
      @RequestParam(required = false) UUID after,
      Model model) {
    Run run = runs.get(id);
    List<RunItem> found = runs.itemsAfter(id, state, after, ITEMS + 1);
    boolean more = found.size() > ITEMS;
    model.addAttribute("run", run);
    model.addAttribute("items", more ? found.subList(0, ITEMS) : found);
    model.addAttribute("next", more ? found.get(ITEMS - 1).id() : null);
    model.addAttribute("states", ItemState.values());
    model.addAttribute("state", state);
    model.addAttribute("after", after);
    return "console/run";
  }

  @PostMapping("/{id}/cancel")
  String cancel(@PathVariable UUID id, RedirectAttributes page) {
    Notice.of(
        page,
        () -> {
          runs.cancel(id);
          return Notice.done("The run was asked to end.");
        });
    return OF_ONE;
  }

  @PostMapping("/{id}/retry-failed")
  String retryFailed(@PathVariable UUID id, RedirectAttributes page) {
    Notice.of(
        page,
        () -> Notice.started("A run over the failed items was started.", starter.retryFailed(id)));
    return OF_ONE;
  }
}
