package io.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table, as a person with Airtable open sees and edits it: what is typed is converted as far as
 * possible and choices that do not exist are made, and no limit of the API applies. Thread-safe.
 */
public final class AirtableTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AirtableBase base;
  private final AirtableWorkspace workspace;
  private final String id;
  private final Map<String, AirtableField> fields = new LinkedHashMap<>();
  private final Map<String, AirtableRecord> records = new LinkedHashMap<>();
  private final List<AirtableView> views = new ArrayList<>();
  private String name;
  private int lastNumber;

  AirtableTable(AirtableBase base, String id, String name) {
    this.base = base;
    this.workspace = base.workspace();
    this.id = id;
    this.name = name;
    views.add(new AirtableView(StandInIds.of("viw", id), "Grid view", null, List.of()));
  }

  /** {@code tbl} and fourteen characters; stays when the table is renamed. */
  public String id() {
    return id;
  }

  /** As people see it. */
  public String name() {
    synchronized (workspace) {
      return name;
    }
  }

  /** The id of a field by its name. */
  public String fieldId(String field) {
    synchronized (workspace) {
      return field(field).id();
    }
  }

  /** Adds a field behind the others. */
  public AirtableTable add(AirtableField field) {
    synchronized (workspace) {
      String fieldId =
          field.id() == null ? StandInIds.of("fld", id + "/" + field.name()) : field.id();
      fields.put(fieldId, field.withId(fieldId));
      return this;
    }
  }

  /** Adds a link to another table, and there a field that links back. */
  public AirtableTable addLink(String field, AirtableTable other) {
    synchronized (workspace) {
      AirtableLinks.add(this, field, other);
      return this;
    }
  }

  /** Adds a lookup of a field through a link. */
  public AirtableTable addLookup(String field, String link, String fieldThere) {
    synchronized (workspace) {
      return add(AirtableLinks.lookup(this, field, field(link), fieldThere));
    }
  }

  /** Adds a count of the records behind a link. */
  public AirtableTable addCount(String field, String link) {
    synchronized (workspace) {
      return add(
          AirtableField.of(field, AirtableFieldType.COUNT)
              .with("recordLinkFieldId", field(link).id()));
    }
  }

  /**
   * Adds a field with the time of the last modification.
   *
   * @param watched the fields whose changes count; none for all of them
   */
  public AirtableTable addLastModified(String field, String... watched) {
    synchronized (workspace) {
      return add(
          AirtableField.of(field, AirtableFieldType.LAST_MODIFIED_TIME)
              .with(
                  "referencedFieldIds",
                  JSON.valueToTree(Arrays.stream(watched).map(this::fieldId).toList())));
    }
  }

  /**
   * Adds a view.
   *
   * @param filterByFormula null when it shows every record
   * @return its id
   */
  public String addView(String view, String filterByFormula, AirtableSort... sort) {
    synchronized (workspace) {
      String viewId = StandInIds.of("viw", id + "/" + view);
      views.add(new AirtableView(viewId, view, filterByFormula, List.of(sort)));
      return viewId;
    }
  }

  /** Takes a view away. */
  public void deleteView(String nameOrId) {
    synchronized (workspace) {
      views.removeIf(view -> view.is(nameOrId));
    }
  }

  /** Gives the table another name. */
  public void rename(String another) {
    synchronized (workspace) {
      name = another;
    }
  }

  /** Gives a field another name. */
  public void renameField(String field, String another) {
    synchronized (workspace) {
      replace(field(field).withName(another));
    }
  }

  /** Makes a field one of another type; what stood in it is gone. */
  public void retype(String field, AirtableField another) {
    synchronized (workspace) {
      String fieldId = field(field).id();
      records.values().forEach(record -> store(record, field(fieldId), null, workspace.person()));
      replace(another.withId(fieldId));
    }
  }

  /** Takes a field and all its values away. */
  public void deleteField(String field) {
    synchronized (workspace) {
      fields.remove(field(field).id());
    }
  }

  /**
   * Adds a record.
   *
   * @param values by name or id of their fields
   * @return its id
   */
  public String create(Map<String, ?> values) {
    synchronized (workspace) {
      AirtableWrite write = new AirtableWrite(this, workspace.person(), true);
      String created = write.create(JSON.valueToTree(values));
      write.apply();
      return created;
    }
  }

  /**
   * Changes a value.
   *
   * @param value as the API takes it or as it would be typed
   * @throws IllegalArgumentException when there is no such record or field
   */
  public void edit(String recordId, String field, Object value) {
    synchronized (workspace) {
      AirtableWrite write = new AirtableWrite(this, workspace.person(), true);
      write.update(
          existing(recordId),
          JSON.createObjectNode().set(field(field).id(), JSON.valueToTree(value)),
          false);
      write.apply();
    }
  }

  /** Empties a cell. */
  public void clear(String recordId, String field) {
    edit(recordId, field, NullNode.getInstance());
  }

  /** Deletes a record. */
  public void delete(String recordId) {
    synchronized (workspace) {
      remove(existing(recordId), workspace.person());
    }
  }

  /**
   * What stands in a field, as the API shows it.
   *
   * @return a null node when it is empty
   */
  public JsonNode value(String recordId, String field) {
    synchronized (workspace) {
      JsonNode value = AirtableValues.of(this, existing(recordId), field(field));
      return value == null ? NullNode.getInstance() : value;
    }
  }

  /** The ids of all records, oldest first. */
  public List<String> ids() {
    synchronized (workspace) {
      return List.copyOf(records.keySet());
    }
  }

  private AirtableRecord existing(String recordId) {
    return record(recordId)
        .orElseThrow(() -> new IllegalArgumentException("There is no record " + recordId + "."));
  }

  /**
   * A field that exists.
   *
   * @throws IllegalArgumentException when there is none of that name or id
   */
  AirtableField field(String nameOrId) {
    return find(nameOrId)
        .orElseThrow(
            () -> new IllegalArgumentException("The table has no field " + nameOrId + "."));
  }

  AirtableBase base() {
    return base;
  }

  Optional<AirtableField> find(String nameOrId) {
    AirtableField byId = fields.get(nameOrId);
    return byId != null
        ? Optional.of(byId)
        : fields.values().stream().filter(field -> field.name().equals(nameOrId)).findFirst();
  }

  AirtableField primary() {
    return fields.values().iterator().next();
  }

  List<AirtableField> fields() {
    return List.copyOf(fields.values());
  }

  List<AirtableView> views() {
    return List.copyOf(views);
  }

  /** Puts a field in the place of the one with its id. */
  void replace(AirtableField field) {
    fields.put(field.id(), field);
  }

  List<AirtableRecord> records() {
    return List.copyOf(records.values());
  }

  Optional<AirtableRecord> record(String recordId) {
    return Optional.ofNullable(records.get(recordId));
  }

  AirtableRecord insert(String recordId, AirtableUser by) {
    AirtableRecord record = new AirtableRecord(recordId, ++lastNumber, workspace.now(), by);
    records.put(recordId, record);
    return record;
  }

  /**
   * Stores a checked value; a link also changes at its other end.
   *
   * @param value null for empty
   */
  void store(AirtableRecord record, AirtableField field, JsonNode value, AirtableUser by) {
    if (field.type() == AirtableFieldType.MULTIPLE_RECORD_LINKS) {
      AirtableLinks.store(this, record, field, value, by);
    } else {
      record.store(field.id(), value, workspace.now(), by);
    }
  }

  /** Deletes a record and every link to it. */
  void remove(AirtableRecord record, AirtableUser by) {
    fields.values().stream()
        .filter(field -> field.type() == AirtableFieldType.MULTIPLE_RECORD_LINKS)
        .forEach(field -> store(record, field, null, by));
    records.remove(record.id());
  }
}
