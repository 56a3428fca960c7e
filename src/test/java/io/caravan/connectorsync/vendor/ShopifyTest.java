package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import org.junit.jupiter.api.Test;

class ShopifyTest extends VendorContract<TestShopify> {
  ShopifyTest() {
    super(new TestShopify(), "shopify", "products", 600);
  }

  @Override
  String config() {
    return "{\"baseUrl\": \"%s\", \"shopDomain\": \"acme.myshopify.com\"}".formatted(vendor.url());
  }

  @Override
  String credentials() {
    return "{\"accessToken\": \"%s\"}".formatted(TestShopify.TOKEN);
  }

  @Override
  String secret() {
    return "accessToken";
  }

  @Override
  String changedParameter() {
    return "updated_at_min";
  }

  @Test
  void variantsAndImagesComeOnlyWhereTheyAreWanted() {
    assertThat(connector().test().at("/sample/0").has("variants")).isTrue();

    JsonNode product =
        connector(
                config()
                    .replaceFirst("\\{", "{\"includeVariants\": false, \"includeImages\": false,"))
            .test()
            .at("/sample/0");

    assertThat(product.get("title").asText()).isEqualTo("Record 1");
    assertThat(product.has("variants")).isFalse();
    assertThat(product.has("images")).isFalse();
  }

  @Test
  void stockIsADatasetOfItsOwnAndNeedsLocations() {
    String config = config().replaceFirst("\\{", "{\"includeInventory\": true,");
    Api.Answer refused = TestConnector.added(api(), type(), config, credentials());
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().get("detail").asText()).contains("locationIds");

    TestConnector connector = connector(config.replaceFirst("\\{", "{\"locationIds\": [42],"));
    connector.versions();

    assertThat(connector.records("inventory"))
        .singleElement()
        .satisfies(level -> assertThat(level.get("available").asInt()).isEqualTo(3));
  }
}
