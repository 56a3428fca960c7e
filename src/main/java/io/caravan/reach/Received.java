package io.caravan.reach;

import io.caravan.failure.Failure;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An answer, of any status, with its body put aside. */
public final class Received implements AutoCloseable {
  private final Request request;
  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Body body;

  /**
   * @param headers by name, several values joined by commas
   */
  Received(Request request, int status, Map<String, String> headers, Body body) {
    this.request = request;
    this.status = status;
    this.headers.putAll(headers);
    this.body = body;
  }

  public int status() {
    return status;
  }

  /** A header, several values of it joined by commas. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * The body of an answer that brings what was asked for.
   *
   * @throws Failure what else came, by its kind: of kind transient with the wait that the server
   *     asks for, authorisation with what is to be renewed, configuration, or data
   */
  public Body content() {
    AnswerRules.check(this);
    return body;
  }

  /**
   * Whether a word stands in the body's first thousands of bytes: where errors say their reason.
   */
  public boolean says(String word) {
    return body.begins().contains(word);
  }

  /** Host and path that answered, for messages. */
  public String place() {
    return request.place();
  }

  Request request() {
    return request;
  }

  /** The body, whatever it is. */
  Body anything() {
    return body;
  }

  @Override
  public void close() {
    body.close();
  }
}
