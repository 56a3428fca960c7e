package io.caravan.slack;

import java.net.URI;

/**
 * Where a message is posted to. Its text form shows no secret.
 *
 * @param uri the whole address; of a webhook a secret
 * @param token the bot's bearer token; null for a webhook
 * @param channel the channel; of a webhook, for which it is only a note, null when not known
 */
public record SlackAddress(URI uri, String token, String channel) {
  static SlackAddress webhook(String url, String channel) {
    return new SlackAddress(URI.create(url), null, channel);
  }

  static SlackAddress bot(String apiUrl, String token, String channel) {
    return new SlackAddress(URI.create(apiUrl + "/chat.postMessage"), token, channel);
  }

  public boolean isWebhook() {
    return token == null;
  }

  /** The address as it may be seen: of a webhook only the server. */
  public String shown() {
    return isWebhook() ? uri.getScheme() + "://" + uri.getRawAuthority() + "/" : uri.toString();
  }

  /** The part of the address that is sent to the server. */
  public String path() {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  @Override
  public String toString() {
    return "SlackAddress[" + shown() + "]";
  }
}
