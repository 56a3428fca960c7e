package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caravan.connectorsync.Pull;
import io.caravan.connectorsync.Pulls;
import io.caravan.connectorsync.vendor.Mailbox;
import java.util.Map;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Connectors of type {@code imap} as their route sees them. */
@Component
class MailboxFlow {
  private final PullFlow pullFlow;
  private final Pulls pulls;
  private final Mailbox mailbox;
  private final ObjectMapper json;

  MailboxFlow(PullFlow pullFlow, Pulls pulls, Mailbox mailbox, ObjectMapper json) {
    this.pullFlow = pullFlow;
    this.pulls = pulls;
    this.mailbox = mailbox;
    this.json = json;
  }

  public void begin(Exchange exchange) {
    JsonNode config = exchange.getVariable("pull", Pull.class).config();
    pullFlow.begin(exchange, config.path("resource").asText("messages"), Mailbox.KEY);
  }

  /**
   * Loads the messages that came since.
   *
   * @param state of the sync before; null for none
   * @return the next one's
   */
  public Mailbox.Place load(Pull pull, Map<String, Object> state) {
    Mailbox.Place from =
        state == null ? Mailbox.Place.START : json.convertValue(state, Mailbox.Place.class);
    return mailbox.read(
        pull.config(),
        pull.credentials(),
        from,
        pull.stop(),
        message -> pulls.record(pull, message));
  }
}
