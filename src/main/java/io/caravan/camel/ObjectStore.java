package io.caravan.camel;

import io.caravan.connectorsync.file.FoundFile;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Message;

/**
 * An object store while one connector is synced: which of Camel's endpoints lists its objects and
 * fetches one, and what they want to be told. Its client has the secrets; the endpoints only name
 * the client, as their addresses are shown to whoever looks into a running Camel.
 */
interface ObjectStore extends AutoCloseable {
  /** The endpoint that lists objects. */
  String listing();

  /** The endpoint that fetches an object. */
  String fetching();

  /** Makes a message into the request for the next page of the list. */
  void ask(Message message);

  /** What is on a page of the list. */
  Page page(List<?> answered);

  /** Makes a message into the request for an object. */
  void ask(Message message, FoundFile object);

  /** What the store said, when an exception is the store's. */
  Optional<Refusal> refusal(Throwable thrown);

  /** Closes the client. */
  @Override
  void close();

  /**
   * A page of the list.
   *
   * @param more whether another one follows
   */
  record Page(List<FoundFile> objects, boolean more) {}

  /**
   * An answer that does not bring what was asked for.
   *
   * @param status of HTTP; 0 when none came
   * @param code the store's word for it; null for none
   */
  record Refusal(int status, String code) {}
}
