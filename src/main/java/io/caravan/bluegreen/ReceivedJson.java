package io.caravan.bluegreen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.StopSignal;
import io.caravan.paging.Paginator;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/** Raw JSON that somebody else fetched, handed in through store-json (BG-01). */
@Component
public class ReceivedJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SUFFIX = "json";
  private static final int MOST_KEPT = 100;

  private final BlueGreenProperties properties;
  private final EntitySet entities;
  private final Batches batches;

  ReceivedJson(BlueGreenProperties properties, EntitySet entities, Batches batches) {
    this.properties = properties;
    this.entities = entities;
    this.batches = batches;
  }

  /** The answer of store-json. */
  public record Stored(boolean success, StoredRecord record, int deletedCount, int keepCount) {}

  /** The batch that was made. */
  public record StoredRecord(UUID id, Instant createdAt) {}

  /** What the body says beside the data, and where the data is in it. */
  private static final class Request {
    private String name;
    private int keepCount = Staging.KEPT_BATCHES;
    private long from = -1;
    private long to = -1;
  }

  /**
   * Keeps raw JSON, of which the next transformation is made.
   *
   * @param body modelName or entity, data, keepCount; read as a stream
   * @throws InvalidInputException says what is wrong with the body; nothing is stored then
   */
  public Stored store(InputStream body) throws IOException {
    if (body == null) {
      throw new InvalidInputException("The body is missing: send modelName and data.");
    }
    try (Spool spool = new Spool("The body", properties.largestStored().toBytes())) {
      spool.add(body, new StopSignal());
      Request request = read(spool);
      String rawName = rawName(request.name);
      if (request.from < 0) {
        throw new InvalidInputException("data is missing: send the payload as it was received.");
      }
      spool.narrow(request.from, request.to);
      String path = entities.named(rawName).path();
      Payload payload = new Payload(spool, "data", entities.camelName(path));
      payload.elements(0);
      Batch batch =
          batches.keep(
              new Batches.Origin(
                  UUID.randomUUID(), rawName, null, null, null, Paginator.NONE, List.of()),
              spool,
              payload,
              new StopSignal());
      return new Stored(
          true,
          new StoredRecord(batch.id(), batch.createdAt()),
          batches.prune(rawName, request.keepCount),
          request.keepCount);
    } catch (Failure e) {
      if (e.kind() == FailureKind.TRANSIENT) {
        throw e;
      }
      throw new InvalidInputException(e.getMessage());
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("storing raw JSON", e);
    }
  }

  private static Request read(Spool spool) throws IOException {
    Request request = new Request();
    try (JsonParser parser = JSON.createParser(spool.open(0))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidInputException("The body must be an object with modelName and data.");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "modelName", "entity" -> request.name = name(parser, field);
          case "keepCount" -> request.keepCount = keepCount(parser);
          case "data" -> {
            request.from = parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            request.to = parser.currentLocation().getByteOffset();
          }
          default ->
              throw new InvalidInputException(
                  "The body may hold modelName or entity, data and keepCount, nothing else.");
        }
      }
      if (parser.nextToken() != null) {
        throw new InvalidInputException("The body must be one JSON object.");
      }
      return request;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "The body is no JSON: see line %d, column %d."
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  private static String name(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new InvalidInputException(field + " must be a text.");
    }
    return parser.getText();
  }

  private static int keepCount(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      long count = parser.getLongValue();
      if (count >= 1 && count <= MOST_KEPT) {
        return (int) count;
      }
    }
    throw new InvalidInputException("keepCount must be a whole number from 1 to 100.");
  }

  /** From {@code BoardsTalentsJson}, {@code boards_talents} and the like. */
  private String rawName(String name) {
    Set<String> known =
        entities.byPath().keySet().stream()
            .map(entities::rawName)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (name == null) {
      throw new InvalidInputException("modelName is missing; known are %s.".formatted(known));
    }
    String bare =
        name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
            ? name.substring(0, name.length() - SUFFIX.length())
            : name;
    return entities
        .find(bare)
        .map(entity -> entities.rawName(entity.path()))
        .orElseThrow(
            () ->
                new InvalidInputException("modelName is unknown; known are %s.".formatted(known)));
  }
}
