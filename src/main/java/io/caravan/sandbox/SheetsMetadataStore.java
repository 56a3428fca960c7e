package io.caravan.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The developer metadata of a spreadsheet. */
final class SheetsMetadataStore {
  private Map<Integer, SheetsMetadata> byId = new LinkedHashMap<>();
  private int lastId = 1_000;

  /** The places of the rows and columns of all sheets at one moment, looked up once each. */
  static final class Places {
    private final Map<SheetsTab, Map<SheetsDimension, Map<SheetsLine, Integer>>> known =
        new HashMap<>();

    /** Where its row or column stands, empty when that was deleted. */
    Optional<Integer> of(SheetsMetadata metadata) {
      if (metadata.line() == null) {
        return Optional.of(0);
      }
      return Optional.ofNullable(
          known
              .computeIfAbsent(metadata.tab(), unseen -> new HashMap<>())
              .computeIfAbsent(
                  metadata.dimension(), dimension -> metadata.tab().grid().places(dimension))
              .get(metadata.line()));
    }

    ObjectNode json(SheetsMetadata metadata) {
      return metadata.json(of(metadata).orElseThrow());
    }
  }

  static Places places() {
    return new Places();
  }

  int nextId() {
    return ++lastId;
  }

  boolean has(int id) {
    return byId.containsKey(id);
  }

  /**
   * Adds one, or puts it in the place of the one with its id.
   *
   * @throws Refusal when there is too much at its location
   */
  void put(SheetsMetadata metadata) {
    int length =
        metadata.length()
            + byId.values().stream()
                .filter(other -> other.id() != metadata.id() && other.isAtSamePlaceAs(metadata))
                .mapToInt(SheetsMetadata::length)
                .sum();
    if (length > SheetsMetadata.LONGEST) {
      throw SheetsErrors.invalid(
          "Developer metadata at this location would exceed the limit of 30000 characters.");
    }
    byId.put(metadata.id(), metadata);
  }

  void remove(SheetsMetadata metadata) {
    byId.remove(metadata.id());
  }

  /** Those that match and whose row or column is still there, oldest first. */
  List<SheetsMetadata> find(Predicate<SheetsMetadata> wanted, Places places) {
    return byId.values().stream()
        .filter(wanted)
        .filter(metadata -> places.of(metadata).isPresent())
        .toList();
  }

  /** What hangs on a sheet goes with it. */
  void forget(SheetsTab tab) {
    byId.values().removeIf(metadata -> metadata.tab() == tab);
  }

  /** Brings back what is here now. */
  Runnable snapshot() {
    Map<Integer, SheetsMetadata> now = new LinkedHashMap<>(byId);
    return () -> byId = now;
  }
}
