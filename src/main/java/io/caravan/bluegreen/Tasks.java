package io.caravan.bluegreen;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.caravan.run.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Runs of bluegreen as the seed's applications know them: tasks that are started and looked after
 * below {@code /api/internal} (BG-02 to BG-04).
 */
@Component
public class Tasks {
  private static final String PIPELINE = "bluegreen";
  private static final String ORCHESTRATION = "orchestrate-sync-api";
  private static final String TRANSFORMATION = "transform";
  private static final int BATCH = 500;
  private static final int USUAL = 10;

  private final Runs runs;
  private final EntitySet entities;
  private final Releases releases;
  private final BlueGreenProperties properties;
  private final JdbcClient jdbc;

  Tasks(
      Runs runs,
      EntitySet entities,
      Releases releases,
      BlueGreenProperties properties,
      JdbcClient jdbc) {
    this.runs = runs;
    this.entities = entities;
    this.releases = releases;
    this.properties = properties;
    this.jdbc = jdbc;
  }

  /**
   * A task as the status call answers it.
   *
   * @param type {@code orchestrate-sync-api} for a whole run, {@code transform} for one of stored
   *     raw JSON
   * @param output the run's report
   */
  public record Task(
      UUID id,
      String type,
      RunStatus status,
      Long durationMs,
      Instant startedAt,
      Instant finishedAt,
      JsonNode output,
      String error) {}

  /** The answer of task-status/all. */
  public record TaskList(List<Task> tasks, int count, Map<String, Object> filters) {}

  /** The answer of orchestrate-sync-api. */
  public record Started(boolean success, UUID taskId) {}

  /** The answer of transform. */
  public record Transformed(
      boolean success,
      String entity,
      int version,
      Integer previousVersion,
      long rows,
      Long durationMs) {}

  /**
   * A whole run to be started, or the one that is under way: who asks twice watches the same one.
   */
  @Transactional
  public Run orchestration() {
    // Two callers at the same moment must not each find that nothing is under way.
    jdbc.sql("select 1 from pg_advisory_xact_lock(hashtext('bluegreen orchestration'))")
        .query(Integer.class)
        .single();
    // In this order, or one that starts in between is in neither list.
    return Stream.of(RunStatus.QUEUED, RunStatus.RUNNING)
        .flatMap(status -> runs.list(PIPELINE, status.word(), null, BATCH, null).stream())
        .filter(run -> type(run).equals(ORCHESTRATION) && !run.dryRun() && run.parentId() == null)
        .findFirst()
        .orElseGet(() -> runs.request(PIPELINE, "api", RunRequest.everything(), null));
  }

  public Started started(Run run) {
    return new Started(true, run.id());
  }

  /**
   * A run that makes one entity anew from its stored raw JSON.
   *
   * @param name in any of the forms that callers use
   * @throws NotFoundException when there is no such entity
   */
  public Run transformation(String name) {
    Entity entity =
        entities
            .find(name)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "There is no entity of that name; there is %s."
                            .formatted(entities.names())));
    return runs.request(
        PIPELINE, "api", new RunRequest(List.of(entity.name()), null, false, false, null), null);
  }

  /**
   * Whether to look at it again, after a while.
   *
   * @throws Failure of kind timeout when the caller has waited long enough
   */
  public boolean waiting(Run run) {
    if (run.status().finished()) {
      return false;
    }
    if (run.requestedAt().plus(properties.longestTransform()).isBefore(Instant.now())) {
      throw new Failure(
          FailureKind.TIMEOUT,
          "The transformation goes on; look at /api/internal/task-status/%s.".formatted(run.id()));
    }
    return true;
  }

  /**
   * What came of a transformation.
   *
   * @throws ConflictException when another run was under way
   * @throws Failure when it failed or its release was refused (D4: never with a status of success)
   */
  public Transformed transformed(Run run) {
    String entity = run.request().only().getFirst();
    if (run.status() == RunStatus.SKIPPED && run.counts().total() == 0) {
      throw new ConflictException(
          "Another release is being made (%s); try again when it is done.".formatted(run.reason()));
    }
    if (run.status() != RunStatus.SUCCEEDED) {
      String why = run.error() == null ? run.reason() : run.error();
      throw new Failure(
          run.status() == RunStatus.REJECTED ? FailureKind.BRAKE : FailureKind.CONFIGURATION,
          why == null ? "The transformation ended as " + run.status().word() + "." : why);
    }
    return jdbc.sql(
            "select active_version, backup_version from green.sync_metadata where entity_name = ?")
        .param(entity)
        .query(
            (row, n) ->
                new Transformed(
                    true,
                    entity,
                    row.getInt("active_version"),
                    row.getObject("backup_version", Integer.class),
                    releases.liveParts().get(entity).rows(),
                    run.durationMs()))
        .single();
  }

  /**
   * @throws NotFoundException when there is no such task
   */
  public Task get(String id) {
    try {
      Run run = runs.get(UUID.fromString(id));
      if (run.pipeline().equals(PIPELINE)) {
        return task(run);
      }
    } catch (IllegalArgumentException e) {
      // No id of ours; the answer is the same.
    }
    throw new NotFoundException("There is no task of that id.");
  }

  /**
   * Newest first; null narrows nothing.
   *
   * @throws InvalidInputException for a status that there is not
   */
  public TaskList list(String type, String status, Integer limit) {
    int most = limit == null ? USUAL : limit;
    // The older task of the seed is the same one.
    String wanted = "orchestrate-sync".equals(type) ? ORCHESTRATION : type;
    List<Task> found = new ArrayList<>();
    UUID before = null;
    List<Run> page;
    do {
      page = runs.list(PIPELINE, status, null, BATCH, before);
      page.stream()
          .map(Tasks::task)
          .filter(task -> wanted == null || task.type().equals(wanted))
          .limit(most - found.size())
          .forEach(found::add);
      before = page.isEmpty() ? null : page.getLast().id();
    } while (page.size() == BATCH && found.size() < most);
    Map<String, Object> filters = new LinkedHashMap<>();
    filters.put("type", type);
    filters.put("status", status);
    filters.put("limit", most);
    return new TaskList(found, found.size(), filters);
  }

  private static Task task(Run run) {
    return new Task(
        run.id(),
        type(run),
        run.status(),
        run.durationMs(),
        run.startedAt(),
        run.finishedAt(),
        run.report(),
        run.error() == null && run.status() != RunStatus.SUCCEEDED ? run.reason() : run.error());
  }

  private static String type(Run run) {
    return run.request().only().isEmpty() ? ORCHESTRATION : TRANSFORMATION;
  }
}
