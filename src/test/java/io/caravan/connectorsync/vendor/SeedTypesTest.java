package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import io.caravan.connectorsync.TestShare;
import io.caravan.reach.TestWeb;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The types and config fields that the seed has (requirements, section 2). */
@CaravanTest
class SeedTypesTest {
  private Api api;

  @BeforeEach
  void api(@LocalServerPort int port) {
    api = new Api(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crm",
        "product-catalog",
        "custom",
        "azure",
        "google",
        "hubspot",
        "pipedrive",
        "salesforce",
        "shopify",
        "woocommerce",
        "bigcommerce",
        "google-sheets",
        "google-drive",
        "azure-files",
        "gcs",
        "airtable",
        "rss",
        "imap"
      })
  void theTypeIsInstalledAndItsSecretsAreWriteOnly(String type) {
    JsonNode found = null;
    for (JsonNode one : api.get("/api/v1/connector-types").body()) {
      found = one.get("type").asText().equals(type) ? one : found;
    }

    assertThat(found).isNotNull();
    assertThat(found.path("error").isNull()).as("%s", found.path("error")).isTrue();
    assertThat(found.get("title").asText()).isNotEqualTo(type);
    assertThat(found.get("description").asText()).endsWith(".");
    for (JsonNode secret : found.at("/schema/properties/credentials/properties")) {
      assertThat(secret.path("writeOnly").asBoolean()).as("%s", secret).isTrue();
    }
  }

  @Test
  void aCrmOfHubSpotIsFetchedAsHubSpot() {
    try (TestHubSpot hubSpot = new TestHubSpot()) {
      hubSpot.fill(230);
      TestConnector connector =
          TestConnector.add(
              api,
              "CRM",
              """
              {"serviceType": "hubspot", "baseUrl": "%s", "objectTypes": ["contacts"]}
              """
                  .formatted(hubSpot.url()),
              "{\"accessToken\": \"%s\"}".formatted(TestHubSpot.TOKEN));

      assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(230);
      assertThat(connector.show().get("type").asText()).isEqualTo("CRM");
      assertThat(connector.test().get("sample")).hasSize(5);
    }
  }

  @Test
  void aGenericCrmIsAListForEachObjectWhereverItsRecordsStand() throws IOException {
    try (TestWeb web = new TestWeb()) {
      web.on("/api/contacts", TestWeb.json("{\"results\": [{\"id\": 1}, {\"id\": 2}]}"));
      web.on("/api/deals", TestWeb.json("[{\"id\": 1}]"));
      web.on("/api/notes", TestWeb.json("{\"notes\": [{\"id\": 7}]}"));
      TestConnector connector =
          TestConnector.add(
              api,
              "CRM",
              "{\"baseUrl\": \"%s\", \"objectTypes\": [\"contacts\", \"deals\", \"notes\"]}"
                  .formatted(web.url("/api")),
              "{}");

      List<JsonNode> versions = connector.versions();

      assertThat(versions).extracting(one -> one.get("added").asInt()).containsExactly(2, 1, 1);
      assertThat(connector.records("notes").getFirst().get("id").asInt()).isEqualTo(7);
    }
  }

  @Test
  void aCatalogueOfShopifyIsFetchedAsShopify() {
    try (TestShopify shopify = new TestShopify()) {
      shopify.fill(300);
      TestConnector connector =
          TestConnector.add(
              api,
              "PRODUCT_CATALOG",
              """
              {"serviceType": "shopify", "baseUrl": "%s", "shopDomain": "acme.myshopify.com", "includeImages": false}
              """
                  .formatted(shopify.url()),
              "{\"accessToken\": \"%s\"}".formatted(TestShopify.TOKEN));

      assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(300);
      assertThat(connector.records("products").getFirst().has("images")).isFalse();
    }
  }

  @Test
  void theFilesOfAnAzureAccountAreThoseOfItsShare() {
    try (TestShare share = new TestShare()) {
      share.put("orders.csv", "id,name\n1,Chair\n");
      share.put("archive/2025/orders.csv", "id,name\n2,Table\n");
      TestConnector connector =
          TestConnector.add(
              api,
              "AZURE",
              """
              {"serviceType": "files", "storageAccount": "acmeexports", "container": "exports",
               "options": {"endpoint": "%s", "resource": "orders"}}
              """
                  .formatted(share.url()),
              TestShare.credentials(TestShare.KEY));

      assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(2);
      assertThat(connector.records("orders"))
          .extracting(one -> one.get("name").asText())
          .containsExactlyInAnyOrder("Chair", "Table");
    }
  }

  @Test
  void aCustomOneIsADeclaration() throws IOException {
    try (TestWeb web = new TestWeb()) {
      web.on("/orders", TestWeb.json("{\"data\": [{\"no\": 1}]}"));
      TestConnector connector =
          TestConnector.add(
              api,
              "CUSTOM",
              """
              {"baseUrl": "%s", "resources": [{"name": "orders", "path": "/orders", "recordPath": "/data", "primaryKey": "no"}]}
              """
                  .formatted(web.url("")),
              "{}");

      assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CRM | {'serviceType': 'hubspot'} | objectTypes",
        "CRM | {'serviceType': 'salesforce', 'objectTypes': ['Account']} | baseUrl",
        "CRM | {'objectTypes': ['contacts']} | baseUrl",
        "CRM | {'serviceType': 'siebel', 'baseUrl': 'http://localhost', 'objectTypes': ['a']} |"
            + " serviceType",
        "CRM | {'serviceType': 'pipedrive', 'objectTypes': ['leads']} | objectTypes",
        "PRODUCT_CATALOG | {'serviceType': 'shopify'} | shopDomain",
        "PRODUCT_CATALOG | {'serviceType': 'bigcommerce'} | storeHash",
        "CUSTOM | {'baseUrl': 'http://localhost', 'resources': [{'name': 'a'}]} | path",
        "AZURE | {'serviceType': 'blob', 'storageAccount': 'abc'} | container",
        "AZURE | {'serviceType': 'files', 'container': 'exports'} | storageAccount",
        "AZURE | {'serviceType': 'sql', 'server': 'a', 'database': 'b'} | table",
        "GOOGLE | {'serviceType': 'sheets'} | spreadsheetId",
        "GOOGLE | {'serviceType': 'gcs'} | bucket"
      },
      quoteCharacter = '`')
  void whatAServiceNeedsIsAskedForByField(String type, String config, String field) {
    Api.Answer answer = TestConnector.added(api, type, config.replace('\'', '"'), "{}");

    assertThat(answer.status()).as("%s", answer.raw().body()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains(field);
  }
}
