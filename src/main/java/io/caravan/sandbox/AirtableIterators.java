package io.caravan.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lists that callers are in the middle of, by the offset they go on with. */
final class AirtableIterators {
  private static final class Listing {
    private final List<String> recordIds;
    private Instant usedAt;

    Listing(List<String> recordIds) {
      this.recordIds = recordIds;
    }
  }

  /**
   * Where a list goes on.
   *
   * @param first the index in {@code recordIds}
   */
  record Place(String iterator, List<String> recordIds, int first) {
    /** The offset of another place in the same list. */
    String offset(int index) {
      return iterator + "/" + recordIds.get(index);
    }
  }

  private final Clock clock;
  private final AirtableWorkspace workspace;
  private final Map<String, Listing> open = new HashMap<>();
  private Duration lifetime = Duration.ofMinutes(5);

  AirtableIterators(Clock clock, AirtableWorkspace workspace) {
    this.clock = clock;
    this.workspace = workspace;
  }

  /** How long a list that nobody asks for is kept. */
  void lifetime(Duration time) {
    lifetime = time;
  }

  /** As after a restart of Airtable's server: every list has to begin anew. */
  void expire() {
    open.clear();
  }

  /** The same for lists with any of these records. */
  void expire(List<String> recordIds) {
    open.values().removeIf(listing -> !Collections.disjoint(listing.recordIds, recordIds));
  }

  /** The beginning of a new list. */
  Place begin(List<String> recordIds) {
    Instant now = clock.instant();
    open.values().removeIf(listing -> isOver(listing, now));
    String iterator = workspace.nextId("itr");
    Listing listing = new Listing(recordIds);
    listing.usedAt = now;
    open.put(iterator, listing);
    return new Place(iterator, recordIds, 0);
  }

  /**
   * Where an offset leads.
   *
   * @throws Refusal when its list is gone
   */
  Place at(String offset) {
    String[] parts = offset.split("/", 2);
    Listing listing = open.get(parts[0]);
    int first = listing == null || parts.length < 2 ? -1 : listing.recordIds.indexOf(parts[1]);
    if (first < 0 || isOver(listing, clock.instant())) {
      throw AirtableErrors.unprocessable(
          "LIST_RECORDS_ITERATOR_NOT_AVAILABLE", "The iterator is not available. Start over.");
    }
    listing.usedAt = clock.instant();
    return new Place(parts[0], listing.recordIds, first);
  }

  private boolean isOver(Listing listing, Instant now) {
    return listing.usedAt.plus(lifetime).isBefore(now);
  }
}
