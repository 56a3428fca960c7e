package io.caravan.camel;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.Pulls;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Syncs of connectors as routes see them. The variable {@code pull} holds the sync. A type's route
 * says {@code begin}, {@code records} as often as there are some, and {@code commit}, for one
 * resource after the other.
 */
@Component
class PullFlow {
  private final Pulls pulls;
  private final ObjectMapper json;

  PullFlow(Pulls pulls, ObjectMapper json) {
    this.pulls = pulls;
    this.json = json;
  }

  private static Pull pull(Exchange exchange) {
    return exchange.getVariable("pull", Pull.class);
  }

  /**
   * Begins a resource. The variable {@code cursor} holds then what was committed last, as a map, or
   * is absent.
   *
   * @param primaryKey fields that identify a record, separated by commas; empty where its content
   *     does
   */
  public void begin(Exchange exchange, String resource, String primaryKey) {
    List<String> key =
        Arrays.stream((primaryKey == null ? "" : primaryKey).split(","))
            .map(String::strip)
            .filter(field -> !field.isEmpty())
            .toList();
    JsonNode left = pulls.begin(pull(exchange), resource, key);
    if (left == null) {
      exchange.removeVariable("cursor");
    } else {
      exchange.setVariable("cursor", json.convertValue(left, Object.class));
    }
  }

  /** Takes the records that the body is; the same as {@link #records} with an empty path. */
  public void records(Exchange exchange) throws IOException {
    records(exchange, "");
  }

  /**
   * Takes the records that are in the body: JSON or NDJSON as a stream, bytes or text; a list, an
   * iterator, or one map.
   *
   * @param path JSON pointer to where the records are in JSON; empty for all of it
   * @throws Failure of kind configuration when the body is something else
   */
  public void records(Exchange exchange, String path) throws IOException {
    Pull pull = pull(exchange);
    switch (exchange.getMessage().getBody()) {
      case null -> {
        // No record.
      }
      case InputStream stream -> pulls.page(pull, stream, JsonPointer.compile(path));
      case byte[] bytes -> page(pull, bytes, path);
      case String text -> page(pull, text.getBytes(StandardCharsets.UTF_8), path);
      case Iterable<?> several -> each(pull, several.iterator());
      case Iterator<?> several -> each(pull, several);
      case Object one when one instanceof java.util.Map || one instanceof JsonNode ->
          pulls.record(pull, one);
      case Object other -> {
        InputStream converted = exchange.getMessage().getBody(InputStream.class);
        if (converted == null) {
          throw new Failure(
              FailureKind.CONFIGURATION,
              "The route of connector type %s hands over %s; wanted are JSON, a list or maps."
                  .formatted(pull.type(), other.getClass().getSimpleName()));
        }
        pulls.page(pull, converted, JsonPointer.compile(path));
      }
    }
  }

  private void page(Pull pull, byte[] page, String path) throws IOException {
    pulls.page(pull, new ByteArrayInputStream(page), JsonPointer.compile(path));
  }

  private void each(Pull pull, Iterator<?> records) {
    while (records.hasNext()) {
      pulls.record(pull, records.next());
    }
  }

  /** Publishes the resource; what did not come is no record any more. */
  public void commit(Exchange exchange) {
    commit(exchange, true, null);
  }

  /**
   * Publishes the resource.
   *
   * @param complete whether these were all the records that there are
   * @param cursor what the next sync finds in the variable {@code cursor}; null for none
   */
  public void commit(Exchange exchange, boolean complete, Object cursor) {
    pulls.commit(pull(exchange), complete, cursor == null ? null : json.valueToTree(cursor));
  }

  /**
   * One of the connector's credentials, for a header of a request.
   *
   * @return null when it has none of that name
   */
  public String secret(Exchange exchange, String name) {
    return pull(exchange).credentials().path(name).textValue();
  }

  /** Gives up what was not committed, also of a type's route that broke off. */
  public void close(Exchange exchange) {
    pull(exchange).close();
  }
}
