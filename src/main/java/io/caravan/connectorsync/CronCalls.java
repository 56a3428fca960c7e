package io.caravan.connectorsync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.RunStatus;
import io.caravan.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What clocks outside Caravan ask for: {@code /api/connectors/sync} (CN-06, CN-07). */
@Component
public class CronCalls {
  private static final int USUAL = 10;
  private static final int MOST = 500;

  private final DueQueue queue;
  private final ConnectorSync sync;
  private final Runs runs;
  private final Duration longestWait;

  CronCalls(
      DueQueue queue,
      ConnectorSync sync,
      Runs runs,
      @Value("${caravan.connectorsync.longest-wait}") Duration longestWait) {
    this.queue = queue;
    this.sync = sync;
    this.runs = runs;
    this.longestWait = longestWait;
  }

  /** The answer of GET. */
  public record DueList(List<DueConnector> connectors) {}

  /** One that is due. */
  public record DueConnector(
      UUID id,
      String name,
      String type,
      ConnectorStatus status,
      Instant lastSyncAt,
      int syncInterval,
      Instant dueSince) {}

  /** Body of POST; a clock may send none. */
  public record Limit(Integer limit) {}

  /** Whose turn it is; starts nothing. */
  public DueList due(Integer limit) {
    return new DueList(
        queue.due(checked(limit)).stream()
            .map(
                connector ->
                    new DueConnector(
                        connector.id(),
                        connector.name(),
                        connector.type(),
                        connector.status(),
                        connector.lastSyncAt(),
                        connector.syncInterval(),
                        connector.due().since()))
            .toList());
  }

  /**
   * Asks for a run over what is due.
   *
   * @param limit null for 10
   */
  public Run request(Integer limit) {
    return runs.request(
        ConnectorSync.PIPELINE,
        "api",
        new RunRequest(List.of(), checked(limit), false, false, null),
        null);
  }

  private static int checked(Integer limit) {
    if (limit == null) {
      return USUAL;
    }
    if (limit < 1 || limit > MOST) {
      throw new InvalidInputException("limit must be a whole number from 1 to %d.".formatted(MOST));
    }
    return limit;
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
    if (run.requestedAt().plus(longestWait).isBefore(Instant.now())) {
      throw new Failure(
          FailureKind.TIMEOUT,
          "The sync goes on; look at /api/v1/runs/%s, or ask for fewer with limit."
              .formatted(run.id()));
    }
    return true;
  }

  /**
   * The seed's answer, and the run behind it.
   *
   * @param reason why nothing was processed though something may be due; null otherwise
   */
  public record Answer(
      boolean success,
      int processed,
      int successful,
      int failed,
      List<ConnectorSync.Detail> results,
      UUID runId,
      @JsonInclude(JsonInclude.Include.NON_NULL) String reason) {}

  /**
   * What came of a run.
   *
   * @throws Failure when it failed as a whole
   */
  public Answer answer(Run run) {
    if (run.status() == RunStatus.SKIPPED) {
      // Whoever is at work looks at the same queue, so nothing is missed.
      return new Answer(true, 0, 0, 0, List.of(), run.id(), run.reason());
    }
    ConnectorSync.Report report = sync.report(run, null);
    if (report.processed() == 0 && run.status() != RunStatus.SUCCEEDED) {
      throw new Failure(FailureKind.INTERNAL, run.error());
    }
    return new Answer(
        report.success(),
        report.processed(),
        report.successful(),
        report.failed(),
        report.results(),
        run.id(),
        null);
  }
}
