package io.caravan.source;

import com.fasterxml.uuid.Generators;
import io.caravan.failure.ConflictException;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.request.Changes;
import io.caravan.request.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Dataset definitions. Their YAML is checked when it is written. Deleted ones stay in the table,
 * unseen.
 */
@Component
public class Datasets {
  private static final int LONGEST_NAME = 1_024;
  private static final Set<String> WRITABLE =
      Set.of("dataSourceId", "name", "databaseName", "schemaName", "yml", "enabled");
  private static final Set<String> PATCHABLE =
      Set.of("id", "dataSourceId", "name", "databaseName", "schemaName", "yml", "enabled");

  private static final String COLUMNS =
      """
      select s.id, s.data_source_id, s.name, s.database_name, s.schema_name, s.yml, s.enabled
        from caravan.datasets s
        join caravan.data_sources d on d.id = s.data_source_id
        join caravan.organizations o on o.id = d.organization_id
       where s.deleted_at is null and d.deleted_at is null and o.deleted_at is null
      """;

  private final JdbcClient jdbc;
  private final DataSources dataSources;

  public Datasets(JdbcClient jdbc, DataSources dataSources) {
    this.jdbc = jdbc;
    this.dataSources = dataSources;
  }

  /**
   * Adds a dataset.
   *
   * @param body {@code dataSourceId, name, yml}, {@code enabled} (true when absent), {@code
   *     databaseName, schemaName} (as the YAML says when absent)
   * @throws InvalidInputException naming the field, for YAML with line and column
   */
  public Dataset create(Map<String, Object> body) {
    Fields fields = new Fields(body, WRITABLE);
    String yml = fields.text("yml", DatasetDefinition.LONGEST);
    DatasetDefinition definition = DatasetDefinition.withoutExpressions(yml, null);
    Dataset created =
        new Dataset(
            Generators.timeBasedEpochGenerator().generate(),
            fields.id("dataSourceId"),
            fields.text("name", LONGEST_NAME),
            place(fields, "databaseName", definition.database()),
            place(fields, "schemaName", definition.schema()),
            yml,
            fields.flag("enabled", true));
    requireDataSource(created.dataSourceId());
    jdbc.sql(
            """
            insert into caravan.datasets (id, data_source_id, name, database_name, schema_name, yml, enabled)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            created.id(),
            created.dataSourceId(),
            created.name(),
            created.databaseName(),
            created.schemaName(),
            created.yml(),
            created.enabled())
        .update();
    return created;
  }

  /** Empty means the connection's own; vendors without one of the two parts leave it empty. */
  private static String place(Fields fields, String field, String inYaml) {
    String given = fields.optionalText(field, LONGEST_NAME);
    if (given != null) {
      return given;
    }
    return inYaml == null ? "" : inYaml;
  }

  private void requireDataSource(UUID id) {
    try {
      dataSources.get(id);
    } catch (NotFoundException e) {
      throw new InvalidInputException("dataSourceId: " + e.getMessage());
    }
  }

  /** All datasets, oldest first. */
  public List<Dataset> list() {
    return jdbc.sql(COLUMNS + " order by s.created_at, s.id").query(Dataset.class).list();
  }

  /** The enabled datasets of an organisation's eligible data sources, oldest first (SS-03). */
  public List<Dataset> checkable(UUID organizationId) {
    return jdbc.sql(
            COLUMNS
                + " and o.id = ? and s.enabled and d.onboarding_completed and"
                + " o.onboarding_completed order by s.created_at, s.id")
        .param(organizationId)
        .query(Dataset.class)
        .list();
  }

  /**
   * @throws NotFoundException when there is none with this id, or it was deleted
   */
  public Dataset get(UUID id) {
    return jdbc.sql(COLUMNS + " and s.id = ?")
        .param(id)
        .query(Dataset.class)
        .optional()
        .orElseThrow(() -> missing(id));
  }

  /**
   * Puts these fields in the place of the old ones: what is absent has its default again.
   *
   * @param body as for {@link #create}; {@code dataSourceId} may be absent, and cannot change
   * @throws InvalidInputException naming the field
   * @throws NotFoundException when there is no such dataset
   */
  public Dataset put(UUID id, Map<String, Object> body) {
    Fields fields = new Fields(body, PATCHABLE);
    Dataset present = get(id);
    DatasetDefinition definition =
        DatasetDefinition.withoutExpressions(fields.text("yml", DatasetDefinition.LONGEST), null);
    Map<String, Object> whole = new HashMap<>(body);
    whole.put("name", fields.text("name", LONGEST_NAME));
    whole.put("databaseName", place(fields, "databaseName", definition.database()));
    whole.put("schemaName", place(fields, "schemaName", definition.schema()));
    whole.put("enabled", fields.flag("enabled", true));
    return write(present, whole);
  }

  /**
   * Changes the fields given and leaves the others.
   *
   * @throws InvalidInputException naming the field
   * @throws NotFoundException when there is no such dataset
   */
  public Dataset patch(UUID id, Map<String, Object> body) {
    return write(get(id), body);
  }

  private Dataset write(Dataset present, Map<String, Object> body) {
    Fields fields = new Fields(body, PATCHABLE);
    fields.unchanged("id", present.id());
    fields.unchanged("dataSourceId", present.dataSourceId());
    Changes changes = new Changes();
    if (fields.has("yml")) {
      String yml = fields.text("yml", DatasetDefinition.LONGEST);
      DatasetDefinition.withoutExpressions(yml, null);
      changes.set("yml", yml);
    }
    if (fields.has("name")) {
      changes.set("name", fields.text("name", LONGEST_NAME));
    }
    if (fields.has("databaseName")) {
      changes.set("database_name", notNull(fields, "databaseName"));
    }
    if (fields.has("schemaName")) {
      changes.set("schema_name", notNull(fields, "schemaName"));
    }
    if (fields.has("enabled")) {
      changes.set("enabled", fields.flag("enabled", true));
    }
    changes.apply(jdbc, "caravan.datasets", present.id());
    return get(present.id());
  }

  private static String notNull(Fields fields, String field) {
    String text = fields.optionalText(field, LONGEST_NAME);
    if (text == null) {
      throw Fields.invalid(field, "must be a text");
    }
    return text;
  }

  /**
   * Puts another YAML in the place of the one that was read, unless somebody else did meanwhile.
   *
   * @throws InvalidInputException when it is no YAML for a dataset
   * @throws ConflictException when the dataset says something else by now
   */
  public void replaceYml(Dataset read, String yml) {
    DatasetDefinition.parse(yml);
    int replaced =
        jdbc.sql(
                "update caravan.datasets set yml = ?, updated_at = now()"
                    + " where id = ? and yml = ? and deleted_at is null")
            .params(yml, read.id(), read.yml())
            .update();
    if (replaced == 0) {
      throw new ConflictException(
          "The dataset %s was changed at the same time; try again.".formatted(read.name()));
    }
  }

  /**
   * @throws NotFoundException when there is no such dataset
   */
  public void delete(UUID id) {
    int deleted =
        jdbc.sql(
                "update caravan.datasets set deleted_at = now() where id = ? and deleted_at is"
                    + " null")
            .param(id)
            .update();
    if (deleted == 0) {
      throw missing(id);
    }
  }

  /** The enabled datasets of eligible data sources ({@link DataSources#eligible}), oldest first. */
  public List<Dataset> eligible() {
    return jdbc.sql(
            COLUMNS
                + " and s.enabled and d.onboarding_completed and o.onboarding_completed"
                + " order by s.created_at, s.id")
        .query(Dataset.class)
        .list();
  }

  private static NotFoundException missing(UUID id) {
    return new NotFoundException("There is no dataset " + id + ".");
  }
}
