package io.caravan.slack;

import io.caravan.failure.Failure;
import io.caravan.failure.InvalidInputException;
import io.caravan.failure.NotFoundException;
import io.caravan.secret.Redactor;
import io.caravan.secret.Vault;
import io.caravan.source.Organizations;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The Slack of the organisations. Its secrets are kept encrypted and are never shown. */
@Component
public class SlackIntegrations {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1]");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._-]{8,500}");
  private static final Pattern CHANNEL = Pattern.compile("[^\\s\\p{Cntrl}]{1,80}");
  private static final int LONGEST_URL = 2_000;

  private final JdbcClient jdbc;
  private final Vault vault;
  private final Redactor redactor;
  private final Organizations organizations;
  private final SlackProperties properties;

  public SlackIntegrations(
      JdbcClient jdbc,
      Vault vault,
      Redactor redactor,
      Organizations organizations,
      SlackProperties properties) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.redactor = redactor;
    this.organizations = organizations;
    this.properties = properties;
  }

  /**
   * Sets where an organisation's messages go, in the place of what was set before. Does not ask
   * Slack.
   *
   * @throws InvalidInputException saying what to change, without any part of a secret
   * @throws NotFoundException when there is no such organisation
   */
  public SlackIntegration set(UUID organization, SlackIntegration.Request request) {
    organizations.get(organization);
    boolean webhook = request.webhookUrl() != null;
    if (webhook == (request.botToken() != null || request.channelId() != null)) {
      throw new InvalidInputException(
          "Give either webhookUrl, or botToken and channelId of a bot, and nothing else.");
    }
    if (webhook) {
      checkWebhook(request.webhookUrl());
    } else {
      checkBot(request.botToken(), request.channelId());
    }
    jdbc.sql(
            """
            insert into caravan.slack_integrations
              (organization_id, webhook_url_encrypted, bot_token_encrypted, channel_id)
            values (?, ?, ?, ?)
            on conflict (organization_id) do update
               set webhook_url_encrypted = excluded.webhook_url_encrypted,
                   bot_token_encrypted = excluded.bot_token_encrypted,
                   channel_id = excluded.channel_id,
                   updated_at = now()
            """)
        .params(
            organization,
            encrypted(request.webhookUrl(), organization, "webhook_url"),
            encrypted(request.botToken(), organization, "bot_token"),
            request.channelId())
        .update();
    return new SlackIntegration(webhook ? "webhook" : "bot", request.channelId());
  }

  private static void checkWebhook(String url) {
    try {
      URI uri = URI.create(url);
      boolean secure = "https".equals(uri.getScheme());
      boolean near =
          "http".equals(uri.getScheme())
              && LOOPBACK.matcher(String.valueOf(uri.getHost())).matches();
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && url.length() <= LONGEST_URL
          && (secure || near)) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Its message repeats the URL, which is a secret.
    }
    throw new InvalidInputException(
        "webhookUrl must be the https:// address of an incoming webhook, like"
            + " https://hooks.slack.com/services/... (http:// only on this machine).");
  }

  private static void checkBot(String token, String channel) {
    if (token == null || !TOKEN.matcher(token).matches()) {
      throw new InvalidInputException(
          "botToken must be the token of a Slack bot, like xoxb-..., without blanks.");
    }
    if (channel == null || !CHANNEL.matcher(channel).matches()) {
      throw new InvalidInputException(
          "channelId must be the id of a Slack channel, like C0123456789.");
    }
  }

  private byte[] encrypted(String secret, UUID organization, String column) {
    if (secret == null) {
      return null;
    }
    redactor.register(secret);
    return vault.encrypt(secret, place(organization, column));
  }

  private static String place(UUID organization, String column) {
    return "slack_integrations:" + organization + ":" + column;
  }

  /**
   * Where messages for a destination are posted to.
   *
   * @return empty when nothing is set
   * @throws Failure of kind configuration when a secret cannot be decrypted
   */
  public Optional<SlackAddress> address(SlackDestination destination) {
    if (destination.organizationId() == null) {
      String url = properties.dataTeamWebhookUrl();
      redactor.register(url);
      String channel = properties.dataTeamChannelId();
      return url.isBlank()
          ? Optional.empty()
          : Optional.of(SlackAddress.webhook(url, channel.isBlank() ? null : channel));
    }
    return jdbc.sql(
            """
            select s.* from caravan.slack_integrations s
              join caravan.organizations o on o.id = s.organization_id and o.deleted_at is null
             where s.organization_id = ?
            """)
        .param(destination.organizationId())
        .query(this::row)
        .optional();
  }

  private SlackAddress row(ResultSet rs, int number) throws SQLException {
    UUID organization = rs.getObject("organization_id", UUID.class);
    byte[] webhook = rs.getBytes("webhook_url_encrypted");
    boolean isWebhook = webhook != null;
    String secret =
        isWebhook
            ? vault.decrypt(webhook, place(organization, "webhook_url"))
            : vault.decrypt(rs.getBytes("bot_token_encrypted"), place(organization, "bot_token"));
    redactor.register(secret);
    return isWebhook
        ? SlackAddress.webhook(secret, null)
        : SlackAddress.bot(properties.apiUrl(), secret, rs.getString("channel_id"));
  }
}
