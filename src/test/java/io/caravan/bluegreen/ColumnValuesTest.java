package io.caravan.bluegreen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnValuesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static Object value(String type, String json) throws Exception {
    JsonNode row = JSON.readTree("{\"a\":" + json + "}");
    Column column =
        new Column("a", JsonPointer.compile("/a"), false, ColumnType.of(type), true, null, null);
    return ColumnValues.of(column, row, row);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "text, \"Z\\u006fë \\ud83d\\ude00\", Zoë 😀",
        "text, 12, 12",
        "integer, 1.0, 1",
        "integer, -2147483648, -2147483648",
        "bigint, \" 9223372036854775807 \", 9223372036854775807",
        "numeric, 1e3, 1E+3",
        "boolean, \"true\", true",
        "timestamp, 0, 1970-01-01T00:00Z",
        "timestamp, \"9999-12-31T23:00:00-00:30\", 9999-12-31T23:30Z",
        "date, \"2024-02-29\", 2024-02-29",
        "json, `{\"b\":[1,null,\"c\"]}`, `{\"b\":[1,null,\"c\"]}`",
      })
  void becomesWhatItsColumnHolds(String type, String json, String text) throws Exception {
    assertThat(value(type, json)).hasToString(text);
  }

  /** PostgreSQL would refuse the whole load for one of these, or store something else. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "text, \"a\\u0000\", a holds a NUL character",
        "text, \"\\ud83d\", a holds half a character",
        "text, \"\\ude00\\ud83d\", a holds half a character",
        "text, [1], a is no text",
        "integer, 2147483648, a is no integer",
        "bigint, 9223372036854775808, a is no bigint",
        "numeric, 1e1001, a is no numeric",
        "numeric, \"NaN\", a is no numeric",
        "boolean, 1, a is no boolean",
        "timestamp, 253402300800000, a is no timestamptz",
        "timestamp, 99999999999999999999, a is no timestamptz",
        "timestamp, \"2026-01-02T03:04:05\", a is no timestamptz",
        "date, \"+10000-01-01\", a is no date",
        "date, \"0000-01-01\", a is no date",
        "date, \"2026-02-29\", a is no date",
        "json, `{\"b\":[\"\\u0000\"]}`, a holds a NUL character",
        "json, `{\"\\u0000\":1}`, a holds a NUL character",
        "json, `[\"\\udead\"]`, a holds half a character",
        "json, [1e99999], a is no jsonb",
      })
  void isSetAsideWithItsReason(String type, String json, String reason) {
    assertThatThrownBy(() -> value(type, json)).isInstanceOf(SetAside.class).hasMessage(reason);
  }
}
