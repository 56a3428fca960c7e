package io.caravan.camel;

import io.caravan.connectorsync.ConnectorRecords;
import io.caravan.connectorsync.dataset.Changes;
import io.caravan.connectorsync.dataset.RecordFormat;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Answers with the records of a dataset while they are read, in memory that does not grow. */
@Component
class RecordsFlow {
  private static final Logger LOG = LoggerFactory.getLogger(RecordsFlow.class);
  private static final int BUFFER = 1 << 16;

  private final ConnectorRecords records;

  /** Each holds a connection and a snapshot of the database as long as its reader takes. */
  private final Semaphore readers;

  RecordsFlow(
      ConnectorRecords records, @Value("${caravan.connectorsync.record-readers}") int readers) {
    this.records = records;
    this.readers = new Semaphore(readers);
  }

  /**
   * Makes the answer.
   *
   * @throws Failure of kind transient when too many read already
   */
  public void answer(
      Exchange exchange,
      @Header("id") UUID connector,
      @Header("resource") String resource,
      @Header("changedSince") String changedSince,
      @Header("limit") Integer limit,
      @Header("format") String format)
      throws IOException {
    RecordFormat wanted = ConnectorRecords.format(format);
    if (!readers.tryAcquire()) {
      throw new Failure(
          FailureKind.TRANSIENT, "Too many read records just now; ask again in a while.");
    }
    Changes changes;
    try {
      changes = records.open(connector, resource, changedSince, limit);
    } catch (RuntimeException e) {
      readers.release();
      throw e;
    }
    Message message = exchange.getMessage();
    message.setHeader(Exchange.CONTENT_TYPE, wanted.mediaType());
    message.setHeader(AnswerHeaders.CHANGED_SINCE, changes.next());
    message.setBody(streamed(changes, wanted));
  }

  /** Its reader closes it, or is gone: then whoever writes learns of it with the next record. */
  private InputStream streamed(Changes changes, RecordFormat format) throws IOException {
    PipedInputStream read = new PipedInputStream(BUFFER);
    PipedOutputStream written = new PipedOutputStream(read);
    Thread.ofVirtual()
        .name("records")
        .start(
            () -> {
              try (changes;
                  written) {
                changes.writeTo(written, format);
              } catch (IOException e) {
                LOG.debug("The reader of records is gone", e);
              } finally {
                readers.release();
              }
            });
    return read;
  }
}
