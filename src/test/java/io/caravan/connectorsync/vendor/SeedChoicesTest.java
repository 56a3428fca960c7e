package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which type the seed's fields choose, and what becomes of them there. */
class SeedChoicesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "azure | {'serviceType': 'blob', 'storageAccount': 'acme', 'container': 'in', 'options':"
            + " {'path': 'a/*.csv'}} | {'type': 'azure-blob', 'config': {'account': 'acme',"
            + " 'container': 'in', 'path': 'a/*.csv'}}",
        "azure | {'serviceType': 'files', 'storageAccount': 'acme', 'container': 'in'}"
            + " | {'type': 'azure-files', 'config': {'account': 'acme', 'container': 'in', 'path':"
            + " '**'}}",
        "azure | {'serviceType': 'sql', 'server': 'acme', 'database': 'shop', 'table': 'orders'} |"
            + " {'type': 'jdbc', 'config': {'jdbcUrl':"
            + " 'jdbc:sqlserver://acme.database.windows.net:1433;databaseName=shop;encrypt=true',"
            + " 'table': 'orders'}}",
        "azure | {'serviceType': 'sql', 'server': 'db.acme.com', 'database': 'shop', 'query':"
            + " 'select 1'} | {'type': 'jdbc', 'config': {'jdbcUrl':"
            + " 'jdbc:sqlserver://db.acme.com:1433;databaseName=shop;encrypt=true', 'query':"
            + " 'select 1'}}",
        "google | {'serviceType': 'gcs', 'bucket': 'acme', 'prefix': 'in/'}"
            + " | {'type': 'gcs', 'config': {'bucket': 'acme', 'path': 'in/**'}}",
        "google | {'serviceType': 'gcs', 'bucket': 'acme', 'options': {'format': 'csv'}}"
            + " | {'type': 'gcs', 'config': {'bucket': 'acme', 'path': '**', 'format': 'csv'}}",
        "google | {'serviceType': 'sheets', 'spreadsheetId': 'b'}"
            + " | {'type': 'google-sheets', 'config': {'spreadsheetId': 'b', 'range': 'A1:Z1000'}}",
        "google | {'serviceType': 'drive', 'options': {'folderId': 'f'}}"
            + " | {'type': 'google-drive', 'config': {'folderId': 'f'}}",
        "crm | {'serviceType': 'salesforce', 'baseUrl': 'https://a', 'objectTypes': ['Account']} |"
            + " {'type': 'salesforce', 'config': {'baseUrl': 'https://a', 'objectTypes':"
            + " ['Account']}}",
        "product-catalog | {'serviceType': 'woocommerce', 'shopDomain': 'a.b', 'includeImages':"
            + " false} | {'type': 'woocommerce', 'config': {'shopDomain': 'a.b', 'includeImages':"
            + " false}}",
        "custom | {'baseUrl': 'https://a'} | {'type': 'rest', 'config': {'baseUrl': 'https://a'}}"
      })
  void theServiceChoosesTheType(String seed, String config, String chosen) throws IOException {
    assertThat(chosen(seed, json(config))).isEqualTo(json(chosen));
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static JsonNode chosen(String seed, JsonNode config) throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      Exchange exchange = new DefaultExchange(camel);
      exchange.getMessage().setBody(config);
      return camel
          .resolveLanguage("jq")
          .createExpression("resource:classpath:routes/connectors/%s.jq".formatted(seed))
          .evaluate(exchange, JsonNode.class);
    }
  }
}
