package io.caravan.camel;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.Pulls;
import io.caravan.connectorsync.dataset.Conveyor;
import io.caravan.connectorsync.rest.Resource;
import io.caravan.connectorsync.rest.RestConnector;
import io.caravan.connectorsync.rest.RestDeclaration;
import io.caravan.connectorsync.rest.RestPull;
import io.caravan.connectorsync.rest.Unwrapping;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.reach.Body;
import io.caravan.reach.Call;
import io.caravan.reach.Places;
import io.caravan.reach.Reach;
import io.caravan.reach.Received;
import java.io.IOException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.springframework.stereotype.Component;

/**
 * Connectors of type {@code rest} as their route sees them. The variable {@code pull} holds the
 * sync, {@code rest} the resource that is being fetched.
 */
@Component
class RestFlow {
  private static final String CURSOR = "cursor";
  private static final String LARGEST_PAGE = "largestPage";
  private static final String SYNCS_SINCE_FULL = "syncsSinceFull";

  private final RestConnector connector;
  private final Pulls pulls;
  private final Reach reach;
  private final ObjectMapper json;

  RestFlow(RestConnector connector, Pulls pulls, Reach reach, ObjectMapper json) {
    this.connector = connector;
    this.pulls = pulls;
    this.reach = reach;
    this.json = json;
  }

  /** A resource while it is fetched. */
  record Fetch(
      Pull pull,
      RestDeclaration api,
      Resource resource,
      RestPull pages,
      int syncs,
      int largestPage) {}

  /**
   * @param declared a map or a tree of the form that {@code rest.schema.json} gives
   */
  public RestDeclaration declaration(Object declared) {
    return connector.declaration(json.valueToTree(declared));
  }

  public Fetch begin(Pull pull, RestDeclaration api, Resource resource) {
    JsonNode state = pulls.begin(pull, resource.name(), resource.primaryKey());
    JsonNode left = state == null ? json.createObjectNode() : state;
    int syncs = left.path(SYNCS_SINCE_FULL).asInt();
    int largestPage = left.path(LARGEST_PAGE).asInt();
    RestPull pages =
        connector.pull(
            api,
            resource.within(largestPage),
            connector.credentials(api, pull.credentials()),
            left.path(CURSOR).textValue(),
            syncs,
            pull.stop());
    return new Fetch(pull, api, resource, pages, syncs, largestPage);
  }

  public boolean more(Fetch fetch) {
    return fetch.pages().more();
  }

  public Places.Place place(Fetch fetch) {
    return connector.place(fetch.api());
  }

  public void await(Places.Place place) throws InterruptedException {
    place.await();
  }

  public void end(Places.Place place) {
    place.end();
  }

  /** Announces the next request; its credentials are added below Camel. */
  public Call announce(Fetch fetch) {
    return reach.announce(fetch.pages().request());
  }

  /** Makes the exchange's message into the announced request. */
  public void address(Exchange exchange) {
    Call call = exchange.getVariable("call", Call.class);
    Message message = exchange.getMessage();
    message.setBody(null);
    message.setHeader(Exchange.HTTP_URI, call.url());
    message.setHeader(Exchange.HTTP_METHOD, HttpMethods.GET);
    message.setHeader(Call.HEADER, call.id());
  }

  /**
   * The call, when it brought what was asked for, or its refusal ends the list.
   *
   * @throws Failure what came instead. A page that is refused though the one before was not says
   *     nothing about the config: the list is begun anew
   */
  public Call answer(Fetch fetch, Call call) {
    try {
      call.received().content();
      return call;
    } catch (Failure e) {
      if (fetch.pages().endsWith(e)) {
        return call;
      }
      call.received().close();
      throw fetch.pages().pages() > 0 && e.kind() == FailureKind.CONFIGURATION
          ? new Failure(FailureKind.TRANSIENT, e.getMessage(), e)
          : e;
    }
  }

  /**
   * Takes the answer: what it says of the next page, and the page's records into the load, which
   * goes on while the next page is fetched.
   */
  public void receive(Fetch fetch, Call call) throws Exception {
    Received received = call.received();
    if (!more(fetch)) {
      received.close();
      return;
    }
    Optional<Body> page;
    try {
      page = fetch.pages().receive(received);
    } catch (RuntimeException e) {
      received.close();
      throw e;
    }
    if (page.isPresent()) {
      pulls.meanwhile(
          fetch.pull(), new Records(this, fetch, received, page.get(), fetch.pages().recordPath()));
    } else {
      received.close();
    }
  }

  /** A page's, on their way into the load. */
  private record Records(
      RestFlow flow, Fetch fetch, Received received, Body page, JsonPointer place)
      implements Conveyor.Part {
    @Override
    public void run() throws IOException {
      flow.load(fetch, page, place);
    }

    @Override
    public void close() {
      received.close();
    }
  }

  private void load(Fetch fetch, Body page, JsonPointer place) throws IOException {
    String field = fetch.resource().unwrap();
    if (field == null) {
      pulls.page(fetch.pull(), page.open(), place);
    } else {
      Unwrapping.each(page.open(), place, field, record -> pulls.record(fetch.pull(), record));
    }
  }

  public void commit(Fetch fetch) {
    ObjectNode state = json.createObjectNode();
    boolean complete = fetch.pages().complete();
    state.put(CURSOR, fetch.pages().cursor());
    state.put(SYNCS_SINCE_FULL, complete ? 0 : fetch.syncs() + 1);
    int largestPage = fetch.pages().largestPage();
    state.put(LARGEST_PAGE, largestPage == 0 ? fetch.largestPage() : largestPage);
    pulls.commit(fetch.pull(), complete, state);
  }
}
