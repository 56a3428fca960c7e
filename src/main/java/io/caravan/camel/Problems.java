package io.caravan.camel;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.caravan.failure.ConflictException;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotConfiguredException;
import io.caravan.failure.NotFoundException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Errors of the API as application/problem+json (RFC 9457). Never a stack trace, a secret or SQL.
 */
@Component
class Problems {
  static final String CONTENT_TYPE = "application/problem+json";
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final ObjectMapper json;

  Problems(ObjectMapper json) {
    this.json = json;
  }

  /** Turns the exception that an API route met into its answer. */
  public void answer(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Throwable known = thrown;
    while (known.getCause() != null && !isOurs(known)) {
      known = known.getCause();
    }
    HttpStatus status =
        switch (known) {
          case NotFoundException e -> HttpStatus.NOT_FOUND;
          case InvalidInputException e -> HttpStatus.BAD_REQUEST;
          case ConflictException e -> HttpStatus.CONFLICT;
          case NotConfiguredException e -> HttpStatus.SERVICE_UNAVAILABLE;
          case Failure e when e.kind() == FailureKind.TRANSIENT -> HttpStatus.SERVICE_UNAVAILABLE;
          case Failure e when e.kind() == FailureKind.TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
          case Failure e when e.kind() == FailureKind.INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
          case Failure e -> HttpStatus.UNPROCESSABLE_ENTITY;
          case StreamReadException e -> HttpStatus.BAD_REQUEST;
          case MismatchedInputException e -> HttpStatus.BAD_REQUEST;
          default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    String detail =
        switch (known) {
          case StreamReadException e -> badBody(e);
          case MismatchedInputException e -> badBody(e);
          default ->
              isOurs(known)
                  ? known.getMessage()
                  : "Caravan met an error it did not expect; its log has the details.";
        };
    if (status == HttpStatus.INTERNAL_SERVER_ERROR && !isOurs(known)) {
      LOG.error("Route {} failed", exchange.getProperty(Exchange.FAILURE_ROUTE_ID), thrown);
    }
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status.value());
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, CONTENT_TYPE);
    exchange.getMessage().setBody(text(status, detail, List.of()));
  }

  /** Without the parser's own words: they repeat what was sent. */
  private static String badBody(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return badBody(
        at == null ? "" : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
  }

  /**
   * @param where line and column; empty where they are not known
   */
  static String badBody(String where) {
    return "The body is not one JSON value of the form that the contract gives%s."
        .formatted(where.isEmpty() ? "" : ": see " + where);
  }

  private static boolean isOurs(Throwable thrown) {
    return thrown instanceof NotFoundException
        || thrown instanceof InvalidInputException
        || thrown instanceof ConflictException
        || thrown instanceof NotConfiguredException
        || thrown instanceof Failure;
  }

  /**
   * @param errors further sentences, when there is more than one thing wrong
   */
  String text(HttpStatus status, String detail, List<String> errors) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", status.getReasonPhrase());
    problem.put("status", status.value());
    problem.put("detail", detail);
    if (!errors.isEmpty()) {
      problem.put("errors", errors);
    }
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
