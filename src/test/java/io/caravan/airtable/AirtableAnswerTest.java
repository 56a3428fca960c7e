package io.caravan.airtable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Airtable's ways to say no mean. */
class AirtableAnswerTest {
  private static final Duration BAN = Duration.ofSeconds(30);
  private static final AirtableCall CALL = AirtableCall.tables(new UUID(0, 1), "app00000000000001");

  private static AirtableError error(int status, String body) {
    return catchThrowableOfType(
        AirtableError.class, () -> AirtableAnswer.read(CALL, status, body, BAN));
  }

  private static String body(String type, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("type", type).put("message", message);
    return body.toString();
  }

  /** Waiting half a minute does not bring a new month. */
  @Test
  void theMonthsLimitIsOneOfCallsThatNoWaitingHelps() {
    AirtableError error = error(429, body("PUBLIC_API_BILLING_LIMIT_EXCEEDED", "No more calls"));

    assertThat(error.isOfQuota()).isTrue();
    assertThat(error.kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(error.retryAfter()).isEmpty();
  }

  @Test
  void tooManyCallsInASecondAreWaitedFor() {
    AirtableError error = error(429, "{\"errors\":[{\"error\":\"RATE_LIMIT_REACHED\"}]}");

    assertThat(error.isOfQuota()).isTrue();
    assertThat(error.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(error.retryAfter()).contains(BAN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Insufficient permissions to create new select option \"\"Jane Doe\"\"",
        "Cannot parse date value \"Jane Doe\" for field Born"
      })
  void aCustomersValueIsNotRepeated(String message) {
    AirtableError error = error(422, body("INVALID_VALUE", message));

    assertThat(error).hasMessageContaining("INVALID_VALUE").hasMessageNotContaining("Jane");
  }

  @Test
  void theFieldThatAirtableNamesIsNamed() {
    AirtableError error =
        error(
            422,
            body("INVALID_VALUE_FOR_COLUMN", "Field \"Born\" cannot accept the provided value"));

    assertThat(error.names("fld00000000000001", "Born")).isTrue();
    assertThat(error.names("fld00000000000002", "Name")).isFalse();
    assertThat(error.isOfOneRecord()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"403, INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND", "422, UNKNOWN_FIELD_NAME"})
  void whatIsNotThereMayHaveBeenThereWhenItWasDescribed(int status, String type) {
    assertThat(error(status, body(type, "What you named is not there")).isOfNames()).isTrue();
    assertThat(error(422, body("INVALID_VALUE_FOR_COLUMN", "No")).isOfNames()).isFalse();
  }

  @Test
  void aPageOfAProxyIsNoAnswer() {
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> AirtableAnswer.read(CALL, 200, "<html>busy</html>", BAN));

    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    JsonNode tables = AirtableAnswer.read(CALL, 200, "{\"tables\":[]}", BAN);
    assertThat(tables.get("tables")).isEmpty();
  }
}
