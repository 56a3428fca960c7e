package io.caravan.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all bases of a server share. Whoever reads or changes any of it holds its monitor. */
final class AirtableWorkspace {
  private final Clock clock;
  private final StandInIds ids = new StandInIds();
  private final Map<String, AirtableBase> bases = new LinkedHashMap<>();
  private final List<AirtableUser> users = new ArrayList<>();
  private final AirtableUser person =
      new AirtableUser(StandInIds.of("usr", "person"), "person@example.com", "A Person");

  AirtableWorkspace(Clock clock) {
    this.clock = clock;
    users.add(person);
  }

  Instant now() {
    return clock.instant();
  }

  String nextId(String kind) {
    return ids.next(kind);
  }

  /** Who edits by hand. */
  AirtableUser person() {
    return person;
  }

  /** Known from now on; the one with the same address when there already is one. */
  AirtableUser user(String email, String name) {
    return userWith(email)
        .orElseGet(
            () -> {
              AirtableUser user = new AirtableUser(StandInIds.of("usr", email), email, name);
              users.add(user);
              return user;
            });
  }

  Optional<AirtableUser> userWith(String idOrEmail) {
    return users.stream()
        .filter(user -> user.id().equals(idOrEmail) || user.email().equals(idOrEmail))
        .findFirst();
  }

  List<AirtableBase> bases() {
    return List.copyOf(bases.values());
  }

  Optional<AirtableBase> base(String id) {
    return Optional.ofNullable(bases.get(id));
  }

  AirtableBase add(String id, String name) {
    AirtableBase base = new AirtableBase(this, id, name);
    bases.put(id, base);
    return base;
  }
}
