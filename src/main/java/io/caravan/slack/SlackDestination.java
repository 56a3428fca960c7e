package io.caravan.slack;

import java.util.UUID;

/**
 * Whom a message is for.
 *
 * @param organizationId the organisation whose Slack it goes to; null means the data team
 */
public record SlackDestination(UUID organizationId) {
  private static final String DATA_TEAM = "data-team";

  /** The team that runs Caravan, see DATA_TEAM_SLACK_WEBHOOK_URL. */
  public static SlackDestination dataTeam() {
    return new SlackDestination(null);
  }

  /** An organisation, through the integration it registered. */
  public static SlackDestination organization(UUID id) {
    return new SlackDestination(id);
  }

  /** What {@link #key()} gave. */
  public static SlackDestination ofKey(String key) {
    return DATA_TEAM.equals(key) ? dataTeam() : organization(UUID.fromString(key));
  }

  /** A word for it: the organisation's id, or {@code data-team}. */
  public String key() {
    return organizationId == null ? DATA_TEAM : organizationId.toString();
  }
}
