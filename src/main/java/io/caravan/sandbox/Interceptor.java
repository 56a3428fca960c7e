package io.caravan.sandbox;

/** Somebody who acts the moment a request has arrived and is not done yet, for tests. */
@FunctionalInterface
public interface Interceptor {
  /**
   * May edit what the stand-in holds, which the request then finds edited.
   *
   * @param kind the vendor's name of the request, as in {@code values.batchGet}
   * @param writes whether it changes anything
   * @return what goes wrong with it; null for nothing
   */
  Fault before(String kind, boolean writes);
}
