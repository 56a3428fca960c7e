package io.caravan.reach;

/** Requests that are made again, a few times, when the server was busy or broke off. */
@FunctionalInterface
public interface Requests {
  /**
   * @return the answer, of any status that another attempt would not change; to be closed
   * @throws io.caravan.failure.Failure of kind transient when the last attempt failed; of another
   *     kind when the address may not be asked
   */
  Received ask(Request request);
}
