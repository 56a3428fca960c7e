package io.caravan.blue;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * A sync that this process works on: which Green is asked next, and what its answers mean. One
 * thread works on it; any may stop it.
 */
public final class SyncUnderWay {
  /** A long sync is looked at less and less often, down to this. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** The pause between two checks is at least this part of the sync's age. */
  private static final int PART_OF_AGE = 30;

  /** A pause is cut into pieces, so that a stop is noticed. */
  private static final long LONGEST_PIECE_MS = 250;

  private final UUID id;
  private final BlueProperties properties;
  private final InstantSource clock;
  private final Instant startedAt;
  private final Deque<String> targets;
  private final List<String> notes = new ArrayList<>();
  private final List<StatusCheck> checks = new ArrayList<>();
  private final StopSignal stop = new StopSignal();
  private String target;
  private String taskId;
  private Instant nextCheck;
  private int unreachable;
  private String lastTrouble;
  private SyncEnd end;

  SyncUnderWay(UUID id, BlueProperties properties, InstantSource clock) {
    this.id = id;
    this.properties = properties;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.targets = new ArrayDeque<>(properties.targets());
  }

  public UUID id() {
    return id;
  }

  /** Whether there is a target to be asked, and none has accepted the sync. */
  public boolean isSeeking() {
    return taskId == null && end == null && stop.reason().isEmpty() && !targets.isEmpty();
  }

  /** Whether a target has accepted the sync and is to be asked how it goes. */
  public boolean isFollowing() {
    return taskId != null
        && end == null
        && stop.reason().isEmpty()
        && clock.instant().isBefore(startedAt.plus(properties.longestWait()));
  }

  /** Whether the time for the next check has come. */
  public boolean isDue() {
    return !clock.instant().isBefore(nextCheck);
  }

  /** Milliseconds to wait before {@link #isDue} is asked again. */
  public long pauseMs() {
    long wait = Duration.between(clock.instant(), nextCheck).toMillis();
    return Math.clamp(wait, 1, LONGEST_PIECE_MS);
  }

  /** The next target is asked for a sync, or the one that accepted it how it goes. */
  public GreenCall nextCall() {
    if (taskId != null) {
      return new GreenCall("GET", target + "/api/internal/task-status/" + taskId);
    }
    target = targets.removeFirst();
    return new GreenCall("POST", target + "/api/internal/orchestrate-sync-api");
  }

  /** Green answered the call. */
  public void answered(int status, String body) {
    GreenAnswer answer = GreenAnswer.of(status, body);
    if (taskId == null) {
      answer.taskId().ifPresentOrElse(this::follow, () -> passOver(answer.refusal()));
    } else {
      answer
          .taskStatus()
          .ifPresentOrElse(
              word -> {
                unreachable = 0;
                note(word);
                end = answer.end().orElse(null);
              },
              () -> missed("answered " + status + " without the state of the task."));
    }
  }

  /** No answer came to the call. */
  public void silent(Throwable thrown) {
    if (taskId == null) {
      passOver(Silence.of(thrown));
    } else {
      missed(Silence.of(thrown));
    }
  }

  private void follow(String accepted) {
    taskId = accepted;
    nextCheck = clock.instant();
  }

  private void passOver(String why) {
    notes.add(target + " " + why);
    target = null;
  }

  private void missed(String why) {
    unreachable++;
    lastTrouble = target + " " + why;
    note(StatusCheck.UNREACHABLE);
    if (unreachable >= properties.mostUnreachable()) {
      end =
          SyncEnd.failed(
              "Green could not be asked %d times in a row; what became of the sync is not known. %s"
                  .formatted(unreachable, lastTrouble));
    }
  }

  private void note(String word) {
    Instant now = clock.instant();
    checks.add(new StatusCheck(now.truncatedTo(ChronoUnit.MILLIS), word));
    Duration pause = Duration.between(startedAt, now).dividedBy(PART_OF_AGE);
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      pause = LONGEST_PAUSE;
    }
    if (pause.compareTo(properties.pollInterval()) < 0) {
      pause = properties.pollInterval();
    }
    nextCheck = now.plus(pause);
  }

  /** Ends the work soon: what waits is woken. */
  void stop(String why) {
    stop.stop(new Failure(FailureKind.INTERRUPTED, why));
  }

  /** What happened on this side ended it. */
  public void fail(String why) {
    if (end == null) {
      end = SyncEnd.failed(why);
    }
  }

  /**
   * Registers how a call that is being made is broken off when the sync is stopped.
   *
   * @throws Failure when it was stopped already
   */
  public StopSignal.Registration onStop(Runnable breakOff) {
    return stop.onStop(breakOff);
  }

  /** How it ended, once it neither seeks nor follows. */
  SyncEnd end() {
    if (end != null) {
      return end;
    }
    if (stop.reason().isPresent()) {
      return new SyncEnd("interrupted", stop.reason().get().getMessage());
    }
    if (taskId == null) {
      return SyncEnd.failed("No Green accepted the sync. " + String.join(" ", notes));
    }
    return new SyncEnd(
        "timed_out",
        "Green had not ended the sync after %d s; it may still do so."
            .formatted(properties.longestWait().toSeconds()));
  }

  String target() {
    return taskId == null ? null : target;
  }

  String taskId() {
    return taskId;
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  List<StatusCheck> checks() {
    return List.copyOf(checks);
  }
}
