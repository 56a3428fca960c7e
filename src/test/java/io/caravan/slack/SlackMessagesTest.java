package io.caravan.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.TestDatabase;
import io.caravan.secret.Redactor;
import io.caravan.secret.Vault;
import io.caravan.source.Organizations;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class SlackMessagesTest {
  private static final String WEBHOOK = "https://hooks.slack.com/services/T/B/hidden";

  private final JdbcClient jdbc = JdbcClient.create(TestDatabase.migrated());
  private final Redactor redactor = new Redactor();
  private final Organizations organizations = new Organizations(jdbc);
  private final SlackIntegrations integrations = integrations(properties(WEBHOOK));
  private final SlackMessages messages = messages(integrations, properties(WEBHOOK));

  private static SlackProperties properties(String webhook) {
    return new SlackProperties(
        " ",
        webhook,
        "#data",
        3,
        Duration.ZERO,
        Duration.ofMinutes(10),
        Duration.ofHours(24),
        Duration.ofMinutes(1));
  }

  private SlackIntegrations integrations(SlackProperties properties) {
    return new SlackIntegrations(
        jdbc, new Vault(Vault.newKey()), redactor, organizations, properties);
  }

  private SlackMessages messages(SlackIntegrations of, SlackProperties properties) {
    return new SlackMessages(new SlackMessageStore(jdbc), of, properties);
  }

  private static SlackMessage toTeam() {
    return new SlackMessage("test", SlackDestination.dataTeam(), "Hello\0", null, null);
  }

  @Test
  void withoutAWebhookOfTheDataTeamTheMessageIsSkippedAndSaysWhy() {
    SlackProperties none = properties("");

    SlackReceipt receipt = messages(integrations(none), none).record(toTeam());

    assertThat(receipt.status()).isEqualTo(SlackStatus.SKIPPED);
    assertThat(receipt.reason()).isEqualTo("DATA_TEAM_SLACK_WEBHOOK_URL is not set.");
    assertThat(messages.take(receipt)).isNull();
  }

  @Test
  void onlyOneTakerGetsAMessage() {
    SlackReceipt receipt = messages.record(toTeam());

    assertThat(messages.take(receipt).attempts()).isEqualTo(1);
    assertThat(messages.take(receipt)).isNull();
    assertThat(messages.due()).isEmpty();
  }

  @Test
  void whatADeadProcessTookIsDueAgain() {
    SlackReceipt receipt = messages.record(toTeam());
    messages.take(receipt);
    jdbc.sql(
            """
            update caravan.slack_message_tracking
               set created_at = created_at - interval '3 minutes',
                   next_attempt_at = next_attempt_at - interval '3 minutes'
            """)
        .update();

    assertThat(messages.due()).extracting(SlackReceipt::id).containsExactly(receipt.id());
    assertThat(messages.take(receipt).attempts()).isEqualTo(2);
  }

  @Test
  void afterSoManyAttemptsAMessageIsGivenUp() {
    SlackReceipt receipt = messages.record(toTeam());
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(messages.receipt(receipt.id()).pending()).isTrue();
      messages.settle(messages.take(receipt), SlackOutcome.later("Slack answered HTTP 500."));
    }

    assertThat(messages.receipt(receipt.id()).status()).isEqualTo(SlackStatus.FAILED);
    assertThat(messages.receipt(receipt.id()).reason())
        .isEqualTo("Given up after 3 attempts. Slack answered HTTP 500.");
  }

  @Test
  void oldNewsAreGivenUp() {
    SlackReceipt old = messages.record(toTeam());
    messages.settle(messages.take(old), SlackOutcome.later("Slack answered HTTP 500."));
    jdbc.sql("update caravan.slack_message_tracking set created_at = now() - interval '25 hours'")
        .update();
    SlackReceipt young = messages.record(toTeam());

    messages.expire();

    assertThat(messages.receipt(old.id()).reason())
        .isEqualTo("Given up, since it is too old to be news. Slack answered HTTP 500.");
    assertThat(messages.receipt(old.id()).status()).isEqualTo(SlackStatus.FAILED);
    assertThat(messages.receipt(young.id()).pending()).isTrue();
  }

  @Test
  void aSecretThatCannotBeDecryptedFailsTheMessageAndNobodyElse() {
    UUID organization = organizations.create(Map.of("name", "Acme")).id();
    integrations.set(organization, new SlackIntegration.Request(WEBHOOK, null, null));
    SlackMessages otherKey = messages(integrations(properties("")), properties(""));

    SlackReceipt receipt =
        otherKey.record(
            new SlackMessage(
                "test", SlackDestination.organization(organization), "Hello", null, null));

    assertThat(receipt.status()).isEqualTo(SlackStatus.FAILED);
    assertThat(receipt.reason()).contains("ENCRYPTION_KEY");
  }

  @Test
  void whoseOrganisationIsDeletedIsToldNothing() {
    UUID organization = organizations.create(Map.of("name", "Acme")).id();
    integrations.set(organization, new SlackIntegration.Request(WEBHOOK, null, null));
    SlackReceipt receipt =
        messages.record(
            new SlackMessage(
                "test", SlackDestination.organization(organization), "Hello", null, null));
    organizations.delete(organization);

    assertThat(messages.take(receipt)).isNull();
    assertThat(messages.receipt(receipt.id()).status()).isEqualTo(SlackStatus.FAILED);
  }

  @Test
  void secretsAreMaskedAndShowInNoTextForm() {
    SlackAddress address = integrations.address(SlackDestination.dataTeam()).orElseThrow();

    assertThat(redactor.redact("at " + WEBHOOK)).isEqualTo("at ***");
    assertThat(address.path()).isEqualTo("/services/T/B/hidden");
    assertThat(address + " " + properties(WEBHOOK) + address.shown()).doesNotContain("hidden");
    assertThat(new SlackIntegration.Request(WEBHOOK, "xoxb-hidden", "C1").toString())
        .doesNotContain("hidden");
    assertThat(properties(WEBHOOK).apiUrl()).isEqualTo("https://slack.com/api");
  }
}
