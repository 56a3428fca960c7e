package io.caravan.valuesync;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.source.SourceConnections;
import io.caravan.source.SourceSession;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks a customer's database for values that a cut list lacks, while somebody types. So it is never
 * waited for longer than 2 s, no source gets more than one such question at a time from this node,
 * and a source that cannot be reached is left alone for a while, lest typing lock an account.
 */
@Component
class SourceLookup {
  /** How long an answer is waited for, a connection included. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long a source that could not be reached is not asked. */
  static final Duration REST = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(SourceLookup.class);
  private static final int HELD_QUERIES = 500;

  private final SourceConnections sources;
  private final ValueSyncProperties properties;
  private final Set<UUID> asked = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Long> restingSince = new ConcurrentHashMap<>();
  private final QueryCache queries = new QueryCache();

  SourceLookup(SourceConnections sources, ValueSyncProperties properties) {
    this.sources = sources;
    this.properties = properties;
  }

  /**
   * @param values at most 10, each once, in no order
   * @param all the source has no other values that begin so
   */
  record Answer(List<String> values, boolean all) {
    /** Nobody could find out. */
    static final Answer UNKNOWN = new Answer(List.of(), false);
  }

  /**
   * A column in a version of its list; the source's catalogue is asked again after each reading of
   * the column.
   */
  record Place(UUID dataSourceId, int columnNo, long version, ColumnRef column) {}

  /**
   * Values of the column that begin with what was typed, whatever the letter case.
   *
   * @param known values that are not to be found again
   * @return {@link Answer#UNKNOWN} whenever the source did not answer, or was not to be asked
   */
  Answer ask(Place place, SearchQuery query, List<String> known) {
    if (!properties.askSource() || isResting(place.dataSourceId())) {
      return Answer.UNKNOWN;
    }
    if (query.raw().codePointCount(0, query.raw().length()) > properties.maxValueLength()) {
      return new Answer(List.of(), true);
    }
    if (!asked.add(place.dataSourceId())) {
      return Answer.UNKNOWN;
    }
    return await(new Question(place, query, known));
  }

  private Answer await(Question question) {
    FutureTask<Answer> task = new FutureTask<>(question::answer);
    Thread.ofVirtual().name("valuesync-source-lookup").start(task);
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      question.giveUp("The source did not answer in time.");
    } catch (InterruptedException e) {
      question.giveUp("Nobody waits for the answer any more.");
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      question.failed(e.getCause());
    }
    return Answer.UNKNOWN;
  }

  private boolean isResting(UUID dataSourceId) {
    Long since = restingSince.get(dataSourceId);
    if (since == null) {
      return false;
    }
    if (System.nanoTime() - since < REST.toNanos()) {
      return true;
    }
    restingSince.remove(dataSourceId, since);
    return false;
  }

  /** One question on its way; it goes on for a moment after nobody waits for it any more. */
  private final class Question {
    private final Place place;
    private final SearchQuery query;
    private final List<String> known;
    private final StopSignal stop = new StopSignal();
    private final AtomicBoolean connected = new AtomicBoolean();

    Question(Place place, SearchQuery query, List<String> known) {
      this.place = place;
      this.query = query;
      this.known = known;
    }

    Answer answer() {
      try {
        return sources.read(
            place.dataSourceId(),
            stop,
            session -> {
              connected.set(true);
              return queryFor(session).find(session, query.raw(), known, stop);
            });
      } finally {
        asked.remove(place.dataSourceId());
      }
    }

    private SourceLookupQuery queryFor(SourceSession session) {
      SourceLookupQuery held = queries.get(place);
      if (held != null) {
        return held;
      }
      SourceLookupQuery made =
          SourceLookupQuery.of(session, place.column(), properties.maxValueLength(), stop);
      queries.put(place, made);
      return made;
    }

    void giveUp(String why) {
      stop.stop(new Failure(FailureKind.TIMEOUT, why));
      if (!connected.get()) {
        rest("no connection within " + PATIENCE.toSeconds() + " s");
      }
    }

    /** The column may have become another one meanwhile. */
    void failed(Throwable cause) {
      queries.remove(place);
      if (cause instanceof Failure failure) {
        switch (failure.kind()) {
          case TRANSIENT, AUTHORISATION -> rest(failure.getMessage());
          default ->
              LOG.info("A search was answered from stored values alone: {}", failure.getMessage());
        }
      } else {
        rest(cause.getClass().getSimpleName());
      }
    }

    private void rest(String why) {
      restingSince.put(place.dataSourceId(), System.nanoTime());
      LOG.warn(
          "Searches do not ask data source {} for {} s: {}",
          place.dataSourceId(),
          REST.toSeconds(),
          why);
    }
  }

  /** Spares a question to the catalogue at every key stroke; the longest unused go. */
  private static final class QueryCache {
    private final Map<Place, SourceLookupQuery> held =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Place, SourceLookupQuery> eldest) {
            return size() > HELD_QUERIES;
          }
        };

    synchronized SourceLookupQuery get(Place place) {
      return held.get(place);
    }

    synchronized void put(Place place, SourceLookupQuery query) {
      held.put(place, query);
    }

    synchronized void remove(Place place) {
      held.remove(place);
    }
  }
}
