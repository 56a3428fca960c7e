package io.caravan.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The life of a run, for routes, the API and the command line: asked for, opened, planned, handed
 * out, closed.
 */
@Component
public class Runs {
  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final int FRUITLESS_LIMIT = 3;
  private static final int LONGEST_REASON = 500;

  private final RunStore store;
  private final ItemStore items;
  private final Pipelines pipelines;
  private final ActiveWork active;
  private final Node node;
  private final RunProperties properties;

  Runs(
      RunStore store,
      ItemStore items,
      Pipelines pipelines,
      ActiveWork active,
      Node node,
      RunProperties properties) {
    this.store = store;
    this.items = items;
    this.pipelines = pipelines;
    this.active = active;
    this.node = node;
    this.properties = properties;
  }

  /**
   * Puts a run into the ledger. It is only queued; whoever asked starts it with {@link #open}.
   *
   * @param trigger one of CONTRACT's: schedule, api, cli, console, retry, event
   * @param idempotencyKey the same key again returns the run it made first; null when the caller
   *     has none
   * @throws NotFoundException for an unknown pipeline
   * @throws InvalidInputException for {@code force} without a reason, or a limit below 1
   */
  public Run request(String pipeline, String trigger, RunRequest request, String idempotencyKey) {
    String slug = pipelines.slug(pipeline);
    boolean alone = pipelines.settings(slug).oneAtATime();
    RunRequest asked = request == null ? RunRequest.everything() : request;
    if (asked.force() && (asked.reason() == null || asked.reason().isBlank())) {
      throw new InvalidInputException(
          "force overrules a brake, so it needs a reason: add \"reason\".");
    }
    if (asked.reason() != null && asked.reason().length() > LONGEST_REASON) {
      throw new InvalidInputException(
          "reason may have at most %d characters.".formatted(LONGEST_REASON));
    }
    if (asked.limit() != null && asked.limit() < 1) {
      throw new InvalidInputException("limit must be 1 or more.");
    }
    if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > 255)) {
      throw new InvalidInputException("Idempotency-Key must have 1 to 255 characters.");
    }
    return store.insert(
        slug, trigger, RunStatus.QUEUED, asked, alone, idempotencyKey, null, asked.reason());
  }

  /** Records that a run asked for did not come to be. */
  public Run recordSkipped(String pipeline, String trigger, String reason) {
    return store.insert(
        pipeline, trigger, RunStatus.SKIPPED, RunRequest.everything(), false, null, null, reason);
  }

  /**
   * Takes a queued run, or one whose node is gone, for this node.
   *
   * @return empty when there is nothing to do here: somebody else has it, it was skipped because
   *     another whole run of the pipeline is running, or this node has enough to do (then it stays
   *     queued)
   */
  public Optional<Run> open(UUID runId) {
    if (active.runCount() >= properties.parallelRuns() || active.holds(runId)) {
      return Optional.empty();
    }
    Run asked = get(runId);
    Duration timeout = pipelines.settings(asked.pipeline()).runTimeout();
    Optional<Run> taken;
    try {
      taken = store.take(runId, node, properties.lease(), timeout);
    } catch (DuplicateKeyException e) {
      String other =
          store
              .runningWhole(asked.pipeline())
              .map(run -> run.id().toString())
              .orElse("another one");
      store.skip(runId, "the previous run is still running: " + other);
      LOG.info("{} run {} skipped: {} is still running", asked.pipeline(), runId, other);
      return Optional.empty();
    }
    taken.ifPresent(
        run -> {
          active.begin(run, timeout);
          store.releaseItems(run.id());
          LOG.info(
              "{} run {} {} by {} ({})",
              run.pipeline(),
              run.id(),
              run.attempt() > 1 ? "taken over" : "started",
              node.name(),
              run.trigger());
        });
    return taken.flatMap(this::giveUpWhenFruitless);
  }

  /** A run that several nodes in a row took over without finishing one item probably kills them. */
  private Optional<Run> giveUpWhenFruitless(Run run) {
    if (store.fruitlessAttempts(run.id()) < FRUITLESS_LIMIT) {
      return Optional.of(run);
    }
    fail(
        run,
        new Failure(
            FailureKind.INTERNAL,
            "Given up after %d attempts in a row that ended with their process and finished nothing. Look at the logs of those nodes, then use retry-failed or start a new run."
                .formatted(FRUITLESS_LIMIT)),
        null);
    return Optional.empty();
  }

  /** Puts the work of a run into the ledger; a second call for the same run changes nothing. */
  public void plan(Run run, List<PlannedItem> planned) {
    List<PlannedItem> limited = planned;
    Integer limit = run.request().limit();
    if (limit != null && planned.size() > limit) {
      limited = planned.subList(0, limit);
    }
    int written = store.plan(run.id(), run.pipeline(), limited);
    LOG.info("{} run {} planned {} items", run.pipeline(), run.id(), written);
  }

  public HandOut handOut(Run run) {
    var settings = pipelines.settings(run.pipeline());
    return new HandOut(
        items,
        run.id(),
        settings.parallelItems(),
        settings.itemsPerLane(),
        active.stopSignal(run.id()));
  }

  /**
   * Ends a run after its items are done.
   *
   * @param report in the form of the pipeline's seed document
   * @return the run as it stands now; still running when items are left that this node could not
   *     finish, so that the recovery takes them up
   */
  public Run close(Run run, JsonNode report) {
    Optional<Failure> stopped = active.stopped(run.id());
    if (stopped.filter(why -> why.kind() == FailureKind.INTERRUPTED).isPresent()) {
      active.end(run);
      store.giveBack(run.id(), node, Duration.ZERO);
      return get(run.id());
    }
    Failure why =
        stopped.orElse(
            store.cancelRequested(run.id())
                ? new Failure(FailureKind.CANCELLED, "cancelled")
                : null);
    if (why != null) {
      store.skipPending(
          run.id(), why.kind() == FailureKind.CANCELLED ? "cancelled" : why.getMessage());
    }
    Counts counts = get(run.id()).counts();
    if (counts.finished() < counts.total()) {
      active.end(run);
      store.giveBack(run.id(), node, properties.lease().dividedBy(3));
      LOG.warn(
          "{} run {} has {} items left and is given back",
          run.pipeline(),
          run.id(),
          counts.total() - counts.finished());
      return get(run.id());
    }
    return end(
        run, RunVerdict.of(counts, why), counts, report, RunVerdict.reason(counts, why), null);
  }

  /** Ends a run that failed as a whole, for example because it could not be planned. */
  public Run fail(Run run, Failure failure, JsonNode report) {
    if (active.stopped(run.id()).filter(why -> why.kind() == FailureKind.INTERRUPTED).isPresent()) {
      return close(run, report);
    }
    store.skipPending(run.id(), "the run failed");
    Counts counts = get(run.id()).counts();
    RunStatus status = RunVerdict.of(counts, active.stopped(run.id()).orElse(failure));
    return end(run, status, counts, report, null, failure);
  }

  private Run end(
      Run run, RunStatus status, Counts counts, JsonNode report, String reason, Failure failure) {
    boolean closed =
        store.close(
            run.id(),
            node,
            RunStatus.RUNNING.to(status),
            counts,
            report,
            reason,
            failure == null ? null : failure.kind(),
            failure == null ? null : failure.getMessage());
    active.end(run);
    if (closed) {
      LOG.info(
          "{} run {} {}: {} succeeded, {} failed, {} skipped of {}",
          run.pipeline(),
          run.id(),
          status.word(),
          counts.succeeded(),
          counts.failed(),
          counts.skipped(),
          counts.total());
    }
    return get(run.id());
  }

  /** Runs that a node should take up: queued and not started, or left by a node that is gone. */
  public List<UUID> orphans() {
    return store.orphans(properties.parallelRuns());
  }

  /**
   * @throws NotFoundException when there is no such run
   */
  public Run get(UUID id) {
    return store
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no run %s.".formatted(id)));
  }

  /** Newest first; null narrows nothing. */
  public List<Run> list(
      String pipeline, String status, String trigger, Integer limit, UUID before) {
    return store.list(
        pipeline,
        status == null ? null : RunStatus.of(status),
        trigger,
        before,
        limit == null ? 50 : limit);
  }

  /**
   * Newest first; null narrows nothing.
   *
   * @param before the id of a run: only older ones
   */
  public List<RunSummary> summaries(String pipeline, RunStatus status, UUID before, int limit) {
    return store.summaries(pipeline, status, before, limit);
  }

  public List<RunItem> items(UUID id, String status) {
    get(id);
    return items.list(id, status == null ? null : ItemState.of(status));
  }

  /**
   * A part of a run's items, in the planned order.
   *
   * @param state null for any
   * @param after only what comes after this item; null for the first
   */
  public List<RunItem> itemsAfter(UUID id, ItemState state, UUID after, int limit) {
    return items.list(id, state, after, limit);
  }

  /**
   * Asks a run to end. What is under way is stopped, what is not started is skipped with reason
   * {@code cancelled}.
   *
   * @throws ConflictException when it is finished already
   */
  public Run cancel(UUID id) {
    Run run = get(id);
    if (!store.cancel(id, "cancelled on request")) {
      throw new ConflictException("The run is %s already.".formatted(run.status().word()));
    }
    active.stopRun(id, new Failure(FailureKind.CANCELLED, "cancelled"));
    return get(id);
  }

  /**
   * A new run over the failed items of a finished one.
   *
   * @throws ConflictException when it is not finished or nothing in it failed
   */
  @Transactional
  public Run retryFailed(UUID id) {
    Run run = get(id);
    if (!Set.of(
            RunStatus.PARTIAL,
            RunStatus.FAILED,
            RunStatus.CANCELLED,
            RunStatus.TIMED_OUT,
            RunStatus.REJECTED)
        .contains(run.status())) {
      throw new ConflictException(
          "The run is %s; only failed items of a finished run can be tried again."
              .formatted(run.status().word()));
    }
    if (items.list(id, ItemState.FAILED).isEmpty()) {
      throw new ConflictException("No item of the run failed; start a new run instead.");
    }
    RunRequest asked = run.request();
    RunRequest again =
        new RunRequest(asked.only(), null, asked.dryRun(), asked.force(), asked.reason());
    Run retry =
        store.insert(
            run.pipeline(),
            "retry",
            RunStatus.QUEUED,
            again,
            pipelines.settings(run.pipeline()).oneAtATime(),
            null,
            id,
            "failed items of run " + id);
    store.copyFailedItems(id, retry.id());
    return get(retry.id());
  }

  /**
   * Forgets finished runs that are older than {@code caravan.run.keep-for}.
   *
   * @return how many
   */
  public int forgetOld() {
    return store.deleteFinishedBefore(properties.keepFor());
  }

  /** For a database that only this process uses: whatever is leased is left by one that is gone. */
  public void expireLeases() {
    store.expireLeases();
  }

  /** This node does no more about the run, however it ended. */
  public void leave(Run run) {
    active.end(run);
  }

  /** Stops what this node works on, to be carried on by whoever comes next. */
  public void interruptAll() {
    active.stopAll(
        new Failure(
            FailureKind.INTERRUPTED,
            "This Caravan shuts down; the run goes on after its restart."));
  }

  /** Called about once a second by a timer route. */
  public void beat() {
    active.beat();
  }
}
