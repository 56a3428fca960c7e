package io.caravan.slack;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Caravan speaks to Slack.
 *
 * @param apiUrl base URL of the Web API, for bots
 * @param dataTeamWebhookUrl incoming webhook of the data team, a secret; empty when there is none
 * @param dataTeamChannelId the channel that webhook posts to, for the tracking table
 * @param attempts so many times a message that met trouble is tried in all
 * @param firstBackoff wait before the second attempt; each further one doubles it
 * @param lastBackoff longest wait between attempts
 * @param expireAfter what could not be delivered for so long is given up
 * @param outageAfter the data team is told when Caravan's own database has been away for so long
 */
@ConfigurationProperties("caravan.slack")
public record SlackProperties(
    @DefaultValue("") String apiUrl,
    @DefaultValue("") String dataTeamWebhookUrl,
    @DefaultValue("") String dataTeamChannelId,
    @DefaultValue("10") int attempts,
    @DefaultValue("5s") Duration firstBackoff,
    @DefaultValue("10m") Duration lastBackoff,
    @DefaultValue("24h") Duration expireAfter,
    @DefaultValue("1m") Duration outageAfter) {
  private static final String SLACK = "https://slack.com/api";

  public SlackProperties {
    apiUrl = apiUrl.isBlank() ? SLACK : apiUrl.strip().replaceAll("/+$", "");
    dataTeamWebhookUrl = dataTeamWebhookUrl.strip();
    dataTeamChannelId = dataTeamChannelId.strip();
  }

  @Override
  public String toString() {
    return "SlackProperties[apiUrl=" + apiUrl + "]";
  }
}
