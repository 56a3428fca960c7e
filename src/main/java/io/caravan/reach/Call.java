package io.caravan.reach;

import java.util.UUID;

/**
 * A request that is sent once, by a route, and its answer. The request's header {@link #HEADER},
 * which is not sent, says which one it is, so that neither secrets nor the body stand in an
 * exchange.
 */
public final class Call {
  /** Holds {@link #id} on the way from the route to the client. */
  public static final String HEADER = "Caravan-Call";

  private final String id = UUID.randomUUID().toString();
  private final Request request;
  private volatile Received received;

  Call(Request request) {
    this.request = request;
  }

  public String id() {
    return id;
  }

  /** Where it goes. */
  public String url() {
    return request.address().toString();
  }

  Request request() {
    return request;
  }

  void received(Received answer) {
    received = answer;
  }

  /**
   * The answer, of any status.
   *
   * @throws IllegalStateException when the call was not sent
   */
  public Received received() {
    if (received == null) {
      throw new IllegalStateException("The call of " + request.place() + " was not sent.");
    }
    return received;
  }

  @Override
  public String toString() {
    return "Call[" + request.place() + "]";
  }
}
