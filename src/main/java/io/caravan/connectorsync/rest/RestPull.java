package io.caravan.connectorsync.rest;

import com.fasterxml.jackson.core.JsonPointer;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.StopSignal;
import io.caravan.paging.Page;
import io.caravan.paging.Paginator;
import io.caravan.reach.Body;
import io.caravan.reach.Credentials;
import io.caravan.reach.Received;
import io.caravan.reach.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * One resource while it is fetched, page by page. Sends nothing itself: {@link #request} says what
 * to ask, {@link #receive} takes the answer. When a page cannot be had, the next attempt goes on
 * with that page.
 */
public final class RestPull {
  private static final int ALL_COMPARED = 100;
  private static final int THEN_EVERY = 10;

  private final RestDeclaration api;
  private final Resource resource;
  private final Credentials credentials;
  private final String since;
  private final boolean incremental;
  private final int maxPages;
  private final StopSignal stop;
  private final Set<URI> asked = new HashSet<>();
  private final Set<String> digests = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private Paginator paginator;
  private URI next;
  private boolean doubtful;
  private String lastDigest;
  private long pages;
  private long records;
  private String highest;
  private JsonPointer recordPath;

  /**
   * @param since cursor that is stored with the dataset; null for none
   * @param full whether everything is wanted, whatever is stored
   */
  RestPull(
      RestDeclaration api,
      Resource resource,
      Credentials credentials,
      String since,
      boolean full,
      int maxPages,
      StopSignal stop) {
    this.api = api;
    this.resource = resource;
    this.credentials = credentials;
    this.since = since;
    this.incremental = !full && since != null && resource.since() != null;
    this.maxPages = maxPages;
    this.stop = stop;
    this.highest = resource.cursorField() == null ? null : since;
    this.paginator = resource.paginator();
    this.next = paginator.first(list());
    asked.add(next);
  }

  private URI list() {
    return incremental
        ? UriComponentsBuilder.fromUri(resource.list())
            .replaceQueryParam(
                resource.since().parameter(),
                UriUtils.encode(resource.since().of(since), StandardCharsets.UTF_8))
            .build(true)
            .toUri()
        : resource.list();
  }

  /** Whether there is a page to ask for. */
  public boolean more() {
    return next != null;
  }

  /**
   * What to ask for next; the same again until the answer was received.
   *
   * @throws IllegalStateException after the last page
   */
  public Request request() {
    if (next == null) {
      throw new IllegalStateException("There is no page after the last.");
    }
    return new Request(next, api.headers(), credentials, Request.JSON, stop);
  }

  /**
   * Takes a page. Its records stand in the body at {@link #recordPath}. From then on the next page
   * is asked for: whoever cannot keep these records begins with a new pull.
   *
   * @return the body when there are records in it; empty when there are none
   * @throws Failure when the page cannot be used; of kind data also when the list repeats itself or
   *     does not end
   */
  public Optional<Body> receive(Received received) {
    Body body = received.content();
    String place = received.place();
    if (body.length() == 0) {
      // Only 204 gets here without a body: there is no record.
      next = null;
      return Optional.empty();
    }
    recordPath = RecordPlace.in(body, resource.recordPaths());
    PageScan page;
    try {
      page = scan(body, place);
    } catch (Failure e) {
      if (endsWith(e)) {
        return Optional.empty();
      }
      throw e;
    }
    boolean tooShort = isTooShort(page);
    if (tooShort) {
      paginator = paginator.withSize((int) page.records());
    }
    URI after =
        paginator
            .next(
                next,
                pages,
                records + page.records(),
                new Page(received.header("Link").orElse(null), body::open, page::records))
            .orElse(null);
    check(place, after);
    doubtful = tooShort;
    pages++;
    records += page.records();
    highest = resource.cursorField() == null ? null : CursorValue.higher(highest, page.highest());
    names.addAll(page.names());
    next = after;
    return page.records() == 0 ? Optional.empty() : Optional.of(body);
  }

  /**
   * A server that gives fewer records a page than it was asked for would have its list end with the
   * first one. So another page is asked for, which may well not be there. Of what changed since
   * there are few, and by then the server's largest page is known where it matters.
   */
  private boolean isTooShort(PageScan page) {
    return pages == 0
        && !incremental
        && paginator.isCounted()
        && paginator.sizeParameter() != null
        && page.records() > 0
        && page.records() < paginator.size();
  }

  /**
   * Takes the refusal of a page.
   *
   * @return whether it was asked for in doubt, and so the list has ended before it
   */
  public boolean endsWith(Failure refusal) {
    boolean ends =
        doubtful
            && (refusal.kind() == FailureKind.CONFIGURATION || refusal instanceof RepeatedPage);
    if (ends) {
      next = null;
    }
    return ends;
  }

  private PageScan scan(Body body, String place) {
    try {
      PageScan page = PageScan.of(body, place, resource, recordPath);
      checkRepeated(page, body, place);
      // Google's APIs and others leave an empty list out, but say nothing new then.
      if (!page.found() && (pages == 0 || !names.containsAll(page.names()))) {
        throw new Failure(
            FailureKind.CONFIGURATION,
            "%s answers %s, without recordPath of %s; check it."
                .formatted(place, page.namesShown(), resource.name()));
      }
      return page;
    } catch (Failure e) {
      // The pages before were right, so it is no end of the list either: an error, most likely.
      throw pages > 0 && !doubtful && e.kind() == FailureKind.CONFIGURATION
          ? new Failure(FailureKind.TRANSIENT, e.getMessage(), e)
          : e;
    }
  }

  private void checkRepeated(PageScan page, Body body, String place) {
    if (page.records() == 0) {
      return;
    }
    boolean again = body.digest().equals(lastDigest);
    // Without a key, different records may look alike.
    if (!again && !resource.primaryKey().isEmpty() && isCompared()) {
      again = !digests.add(page.digest(body));
    }
    if (again) {
      throw new RepeatedPage(
          "%s answers the same page twice; check the paginator of %s."
              .formatted(place, resource.name()));
    }
    lastDigest = body.digest();
  }

  /** A list that repeats itself soon does it for good; looking at every page would take time. */
  private boolean isCompared() {
    return pages < ALL_COMPARED || pages % THEN_EVERY == 0;
  }

  private static final class RepeatedPage extends Failure {
    private static final long serialVersionUID = 1L;

    RepeatedPage(String message) {
      super(FailureKind.DATA, message);
    }
  }

  private void check(String place, URI after) {
    if (after == null) {
      return;
    }
    if (!asked.add(after)) {
      throw new Failure(
          FailureKind.DATA,
          "%s names a page as the next one that was fetched already; its list would not end."
              .formatted(place));
    }
    if (pages + 1 >= maxPages) {
      throw new Failure(
          FailureKind.DATA,
          "%s has more than %d pages; ask for larger ones, or raise caravan.connectorsync.max-pages."
              .formatted(place, maxPages));
    }
  }

  /** How many records the server gives at once, where that is less than asked for; 0 otherwise. */
  public int largestPage() {
    boolean asAsked = resource.paginator().equals(paginator);
    return asAsked || records <= paginator.size() ? 0 : paginator.size();
  }

  /** Where the records stand in the page that was received last. */
  public JsonPointer recordPath() {
    return recordPath;
  }

  /** Pages received so far. */
  public long pages() {
    return pages;
  }

  /** Records received so far. */
  public long records() {
    return records;
  }

  /**
   * Whether everything was fetched, so that a record that did not come is none any more. Never with
   * a cursor: what did not change did not come either.
   */
  public boolean complete() {
    return next == null && !incremental;
  }

  /**
   * What to store once the data is: the highest value of the cursor field, never less than was
   * stored; null for none.
   */
  public String cursor() {
    return highest;
  }

  @Override
  public String toString() {
    return "RestPull[%s of %s, %d pages]".formatted(resource.name(), api.origin(), pages);
  }
}
