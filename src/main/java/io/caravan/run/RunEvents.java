package io.caravan.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.failure.ConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * A run as it goes on, as server-sent events: {@code progress} with the counts, {@code item} for
 * each item that ended, and {@code run} at its end, after which the stream closes. Read from the
 * ledger, so that it works on any node.
 */
@Component
public class RunEvents {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  // Items are stamped before they are committed; one may become visible this much later than its
  // time says.
  private static final Duration COMMIT_LAG = Duration.ofSeconds(5);
  private static final int PAGE = 500;

  private final Runs runs;
  private final ItemStore items;
  private final ObjectMapper json;
  private final Semaphore streams;

  RunEvents(Runs runs, ItemStore items, ObjectMapper json, RunProperties properties) {
    this.runs = runs;
    this.items = items;
    this.json = json;
    this.streams = new Semaphore(properties.eventStreams());
  }

  /**
   * @return the events, as {@code text/event-stream}; blocks while nothing happens; to be closed
   * @throws io.caravan.failure.NotFoundException when there is no such run
   * @throws ConflictException when as many listen already as the settings allow
   */
  public InputStream stream(UUID runId) {
    runs.get(runId);
    if (!streams.tryAcquire()) {
      throw new ConflictException(
          "Too many listeners of run events; close some, or ask GET /api/v1/runs/{id}.");
    }
    return new EventStream(runId);
  }

  private final class EventStream extends InputStream {
    private final UUID runId;
    private final Set<UUID> told = new HashSet<>();
    private Instant itemsSince = Instant.EPOCH.plus(COMMIT_LAG);
    private boolean lastPageFull;
    private Instant lastWritten = Instant.now();
    private Counts lastCounts;
    private byte[] chunk = new byte[0];
    private int read;
    private boolean over;
    private boolean closed;

    private EventStream(UUID runId) {
      this.runId = runId;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (read == chunk.length) {
        if (over || closed) {
          return -1;
        }
        chunk = nextEvents().getBytes(StandardCharsets.UTF_8);
        read = 0;
        if (chunk.length == 0) {
          pause();
        }
      }
      int count = Math.min(length, chunk.length - read);
      System.arraycopy(chunk, read, target, offset, count);
      read += count;
      return count;
    }

    private String nextEvents() throws JsonProcessingException {
      StringBuilder events = new StringBuilder();
      Run run = runs.get(runId);
      List<RunItem> page =
          items.finishedSince(
              runId, lastPageFull ? itemsSince : itemsSince.minus(COMMIT_LAG), PAGE);
      lastPageFull = page.size() == PAGE;
      for (RunItem item : page) {
        if (told.add(item.id())) {
          events.append(event("item", item));
        }
        itemsSince = item.finishedAt();
      }
      if (!run.counts().equals(lastCounts)) {
        lastCounts = run.counts();
        events.append(event("progress", run.counts()));
      }
      if (run.status().finished() && !lastPageFull && told.size() >= run.counts().finished()) {
        events.append(event("run", run));
        over = true;
      }
      if (events.isEmpty() && Instant.now().isAfter(lastWritten.plus(KEEP_ALIVE))) {
        events.append(": still here\n\n");
      }
      if (!events.isEmpty()) {
        lastWritten = Instant.now();
      }
      return events.toString();
    }

    private String event(String name, Object data) throws JsonProcessingException {
      return "event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
    }

    private void pause() throws InterruptedIOException {
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped listening");
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        streams.release();
      }
    }
  }
}
