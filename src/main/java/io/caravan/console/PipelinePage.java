package io.caravan.console;

import io.caravan.camel.RunStarter;
import io.caravan.run.Pipelines;
import io.caravan.run.RunRequest;
import io.caravan.run.RunSummary;
import io.caravan.run.Runs;
import io.caravan.schemasync.Drift;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /console}: what each pipeline did last and does next. */
@Controller
@ConditionalOnWebApplication
class PipelinePage {
  private final Pipelines pipelines;
  private final Runs runs;
  private final RunStarter starter;
  private final Drift drift;
  private final Words words;

  PipelinePage(Pipelines pipelines, Runs runs, RunStarter starter, Drift drift, Words words) {
    this.pipelines = pipelines;
    this.runs = runs;
    this.starter = starter;
    this.drift = drift;
    this.words = words;
  }

  /**
   * A pipeline as the page shows it.
   *
   * @param last null when it never ran
   */
  record Row(Pipelines.Overview pipeline, RunSummary last, Trend trend) {}

  @GetMapping("/console")
  String show(Model model) {
    model.addAttribute("rows", pipelines.overview().stream().map(this::row).toList());
    model.addAttribute("openIncidents", drift.openIncidents());
    return "console/pipelines";
  }

  private Row row(Pipelines.Overview pipeline) {
    List<RunSummary> recent = runs.summaries(pipeline.name(), null, null, Trend.RUNS);
    return new Row(pipeline, recent.isEmpty() ? null : recent.getFirst(), Trend.of(recent, words));
  }

  @PostMapping("/console/pipelines/{pipeline}/runs")
  String run(@PathVariable String pipeline, RedirectAttributes page) {
    Notice.of(
        page,
        () ->
            Notice.started(
                pipeline + " was started.",
                starter.start(pipeline, "console", RunRequest.everything())));
    return "redirect:/console";
  }
}
