package io.caravan.slack;

/**
 * What an organisation has set, without its secrets.
 *
 * @param configured {@code webhook} or {@code bot}
 * @param channelId of a bot; null for a webhook
 */
public record SlackIntegration(String configured, String channelId) {
  /**
   * What an organisation sets: a webhook's URL, or a bot's token and a channel.
   *
   * @param webhookUrl a secret
   * @param botToken a secret
   */
  public record Request(String webhookUrl, String botToken, String channelId) {
    @Override
    public String toString() {
      return "Request[channelId=" + channelId + "]";
    }
  }
}
