package io.caravan.connectorsync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnwrappingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'data': [{'id': 1, 'fields': {'name': 'Ann'}}, {'id': 2}]} | /data |"
            + " {'id':1,'name':'Ann'} {'id':2}",
        "[{'id': 1, 'fields': {'id': 'x', 'n': {'m': 2}}}] | '' |"
            + " {'id':1,'fields_id':'x','n':{'m':2}}",
        "{'data': {'id': 1, 'fields': {}}} | /data | {'id':1}",
        "{'data': [{'fields': null}, 7]} | /data | {'fields':null} 7",
        "{'data': [], 'other': [{'id': 1}]} | /data | ''",
        "{'other': [{'id': 1}]} | /data | ''"
      },
      quoteCharacter = '`')
  void valuesOneLevelDownComeUp(String page, String place, String records) throws IOException {
    List<String> seen = new ArrayList<>();

    Unwrapping.each(
        new ByteArrayInputStream(page.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
        JsonPointer.compile(place.replace("''", "")),
        "fields",
        record -> seen.add(record.toString().replace('"', '\'')));

    assertThat(String.join(" ", seen)).isEqualTo(records.replace("''", ""));
  }
}
