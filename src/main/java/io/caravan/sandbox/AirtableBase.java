package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A base, as its owner sees it. Thread-safe. */
public final class AirtableBase {
  private final AirtableWorkspace workspace;
  private final String id;
  private final String name;
  private final List<AirtableTable> tables = new ArrayList<>();

  AirtableBase(AirtableWorkspace workspace, String id, String name) {
    this.workspace = workspace;
    this.id = id;
    this.name = name;
  }

  /** {@code app} and fourteen characters. */
  public String id() {
    return id;
  }

  /** As people see it. */
  public String name() {
    return name;
  }

  AirtableWorkspace workspace() {
    return workspace;
  }

  /**
   * Adds a table.
   *
   * @param primary its first field, which names its records
   */
  public AirtableTable addTable(String tableName, AirtableField primary) {
    return addTable(StandInIds.of("tbl", id + "/" + tableName), tableName, primary);
  }

  /** Adds a table with a given id. */
  public AirtableTable addTable(String tableId, String tableName, AirtableField primary) {
    synchronized (workspace) {
      AirtableTable table = new AirtableTable(this, tableId, tableName);
      tables.add(table);
      table.add(primary);
      return table;
    }
  }

  /**
   * A table that was added.
   *
   * @throws IllegalArgumentException when there is none of that name or id
   */
  public AirtableTable table(String nameOrId) {
    synchronized (workspace) {
      return find(nameOrId)
          .orElseThrow(
              () -> new IllegalArgumentException("The base has no table " + nameOrId + "."));
    }
  }

  /** Removes a table; links to it become empty. */
  public void deleteTable(String nameOrId) {
    synchronized (workspace) {
      AirtableTable gone = table(nameOrId);
      gone.records().forEach(record -> gone.remove(record, workspace.person()));
      tables.remove(gone);
    }
  }

  Optional<AirtableTable> find(String nameOrId) {
    return tables.stream()
        .filter(table -> table.id().equals(nameOrId) || table.name().equals(nameOrId))
        .findFirst();
  }

  List<AirtableTable> tables() {
    return List.copyOf(tables);
  }
}
