package io.caravan.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.airtable.Airtable;
import io.caravan.airtable.AirtableCall;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Requests to Airtable as routes see them. The variable {@code airtableCall} holds the call. */
@Component
class AirtableFlow {
  private static final String TOKEN = "airtableToken";

  private final Airtable airtable;

  AirtableFlow(Airtable airtable) {
    this.airtable = airtable;
  }

  /** Makes the exchange's message into the request; {@link AirtableSecrets} adds the token. */
  public void address(Exchange exchange) {
    AirtableCall call = call(exchange);
    // One that is newer still may be sent; then a refusal counts for none.
    exchange.setVariable(TOKEN, airtable.token(call));
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_URI, airtable.url(call));
    message.setHeader(Exchange.HTTP_METHOD, call.method());
    message.setHeader(AirtableSecrets.CONNECTION, call.connection().toString());
    if (call.body() == null) {
      message.setBody(null);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
      message.setBody(call.body().toString());
    }
  }

  /** What Airtable's answer says. */
  public JsonNode answer(Exchange exchange) {
    Message answer = exchange.getMessage();
    return airtable.answer(
        call(exchange),
        exchange.getVariable(TOKEN, Instant.class),
        answer.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
        answer.getBody(String.class));
  }

  private static AirtableCall call(Exchange exchange) {
    return exchange.getVariable("airtableCall", AirtableCall.class);
  }
}
