package io.caravan.run;

import io.caravan.failure.NotFoundException;
import io.caravan.setting.CaravanSettings;
import io.caravan.setting.Cron;
import io.caravan.setting.PipelineSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The pipelines there are: those with a block in the settings. */
@Component
public class Pipelines {
  private final Map<String, PipelineSettings> settings;
  private final RunStore runs;

  Pipelines(CaravanSettings settings, RunStore runs) {
    this.settings = settings.pipelines();
    this.runs = runs;
  }

  /**
   * @throws NotFoundException when there is no such pipeline
   */
  public PipelineSettings settings(String slug) {
    PipelineSettings found = settings.get(slug);
    if (found == null) {
      throw new NotFoundException(
          "There is no pipeline %s; there is %s.".formatted(slug, String.join(", ", names())));
    }
    return found;
  }

  /**
   * The slug that somebody means: the documents from which the pipelines grew write {@code
   * schema-sync} (SS-18).
   *
   * @throws NotFoundException when there is no such pipeline
   */
  public String slug(String name) {
    String slug = name.replace("-", "");
    if (!settings.containsKey(slug)) {
      settings(name);
    }
    return slug;
  }

  public List<String> names() {
    return settings.keySet().stream().sorted().toList();
  }

  /** The answer of GET /api/v1/pipelines, by name. */
  public List<Overview> overview() {
    return names().stream().map(this::overview).toList();
  }

  private Overview overview(String slug) {
    PipelineSettings pipeline = settings.get(slug);
    Cron cron = new Cron(pipeline.cron());
    LastRun last =
        runs.summaries(slug, null, null, 1).stream()
            .findFirst()
            .map(run -> new LastRun(run.id(), run.status(), run.startedAt(), run.finishedAt()))
            .orElse(null);
    return new Overview(
        slug,
        pipeline.title(),
        pipeline.cron(),
        "UTC",
        cron.enabled(),
        cron.nextAfter(Instant.now()).orElse(null),
        last);
  }

  public record Overview(
      String name,
      String title,
      String cron,
      String zone,
      boolean enabled,
      Instant nextFireAt,
      LastRun lastRun) {}

  public record LastRun(UUID id, RunStatus status, Instant startedAt, Instant finishedAt) {}
}
