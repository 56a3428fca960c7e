package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.run.ItemState;
import io.caravan.run.Run;
import io.caravan.run.RunItem;
import io.caravan.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** What a run made of the Blue API's data, as the seed's orchestration reports it (BG-07). */
@Component("blueGreenReports")
public class Reports {
  private final Releases releases;
  private final Runs runs;

  Reports(Releases releases, Runs runs) {
    this.releases = releases;
    this.runs = runs;
  }

  /**
   * @return the seed's success, stage, partialFailures (never: a release is whole), failedEntities
   *     and completedAt, with the release and the time taken
   */
  public Map<String, Object> of(Run run) {
    List<RunItem> items = runs.items(run.id(), null);
    Optional<Releases.Release> release = releases.find(run.id());
    boolean unchanged = !items.isEmpty() && items.stream().allMatch(BlueGreen::unchanged);
    boolean published =
        release.filter(r -> r.status().equals("live") || r.publishedAt() != null).isPresent();
    boolean passed =
        run.dryRun() && release.filter(r -> passed(r.audits(), null)).isPresent() && done(items);
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("success", unchanged || published || passed);
    report.put("stage", stage(items, release.orElse(null)));
    report.put("unchanged", unchanged);
    report.put("partialFailures", false);
    report.put(
        "failedEntities",
        items.stream()
            .filter(item -> item.status() == ItemState.FAILED)
            .map(RunItem::title)
            .toList());
    report.put("release", release.orElse(null));
    Instant now = Instant.now();
    report.put("completedAt", now);
    report.put(
        "durationMs",
        run.startedAt() == null ? null : Duration.between(run.startedAt(), now).toMillis());
    return report;
  }

  /** How far the run came, in the words of the seed's orchestrator. */
  private static String stage(List<RunItem> items, Releases.Release release) {
    if (items.isEmpty() || release == null) {
      return "validation";
    }
    Optional<RunItem> failed =
        items.stream().filter(item -> item.status() == ItemState.FAILED).findFirst();
    if (failed.isPresent()) {
      JsonNode result = failed.get().result();
      return result == null ? "sync" : result.path("stage").asText("sync");
    }
    if (!done(items)) {
      return "sync";
    }
    if (release.status().equals("rejected")) {
      return passed(release.audits(), Audit.NOT_EMPTY) ? "transform" : "empty_data_handling";
    }
    return "orchestration";
  }

  private static boolean done(List<RunItem> items) {
    return items.stream()
        .allMatch(item -> item.status() == ItemState.SUCCEEDED || BlueGreen.unchanged(item));
  }

  /**
   * @param name of the audits that count; null for all
   */
  private static boolean passed(JsonNode audits, String name) {
    return StreamSupport.stream(audits.spliterator(), false)
        .filter(audit -> name == null || name.equals(audit.path("audit").asText()))
        .allMatch(audit -> audit.path("passed").asBoolean());
  }
}
