package io.caravan.source;

import com.fasterxml.uuid.Generators;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.request.Changes;
import io.caravan.request.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The customers. Deleted ones stay in the table, unseen. */
@Component
public class Organizations {
  private static final int LONGEST_NAME = 200;
  private static final String COLUMNS =
      "select id, name, onboarding_completed from caravan.organizations";

  private final JdbcClient jdbc;

  public Organizations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds an organisation.
   *
   * @param body {@code name}, and {@code onboardingCompleted} (false when absent)
   * @throws InvalidInputException naming the field
   */
  public Organization create(Map<String, Object> body) {
    Fields fields = new Fields(body, Set.of("name", "onboardingCompleted"));
    Organization created =
        new Organization(
            Generators.timeBasedEpochGenerator().generate(),
            fields.text("name", LONGEST_NAME),
            fields.flag("onboardingCompleted", false));
    jdbc.sql("insert into caravan.organizations (id, name, onboarding_completed) values (?, ?, ?)")
        .params(created.id(), created.name(), created.onboardingCompleted())
        .update();
    return created;
  }

  /** All organisations, oldest first. */
  public List<Organization> list() {
    return jdbc.sql(COLUMNS + " where deleted_at is null order by created_at, id")
        .query(Organization.class)
        .list();
  }

  /**
   * @throws NotFoundException when there is none with this id, or it was deleted
   */
  public Organization get(UUID id) {
    return jdbc.sql(COLUMNS + " where id = ? and deleted_at is null")
        .param(id)
        .query(Organization.class)
        .optional()
        .orElseThrow(() -> new NotFoundException("There is no organisation " + id + "."));
  }

  /**
   * Changes the fields given and leaves the others.
   *
   * @throws InvalidInputException naming the field
   * @throws NotFoundException when there is no such organisation
   */
  public Organization patch(UUID id, Map<String, Object> body) {
    Fields fields = new Fields(body, Set.of("id", "name", "onboardingCompleted"));
    get(id);
    fields.unchanged("id", id);
    Changes changes = new Changes();
    if (fields.has("name")) {
      changes.set("name", fields.text("name", LONGEST_NAME));
    }
    if (fields.has("onboardingCompleted")) {
      changes.set("onboarding_completed", fields.flag("onboardingCompleted", false));
    }
    changes.apply(jdbc, "caravan.organizations", id);
    return get(id);
  }

  /**
   * Deletes the organisation; its data sources are not read any more.
   *
   * @throws NotFoundException when there is no such organisation
   */
  public void delete(UUID id) {
    int deleted =
        jdbc.sql(
                "update caravan.organizations set deleted_at = now() where id = ? and deleted_at is"
                    + " null")
            .param(id)
            .update();
    if (deleted == 0) {
      throw new NotFoundException("There is no organisation " + id + ".");
    }
  }
}
