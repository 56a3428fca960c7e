package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class WooCommerceTest extends VendorContract<TestWooCommerce> {
  WooCommerceTest() {
    super(new TestWooCommerce(), "woocommerce", "products", 250);
  }

  @Override
  String config() {
    return "{\"baseUrl\": \"%s\", \"shopDomain\": \"shop.example.com\"}".formatted(vendor.url());
  }

  @Override
  String credentials() {
    return "{\"consumerKey\": \"%s\", \"consumerSecret\": \"%s\"}"
        .formatted(TestWooCommerce.KEY, TestWooCommerce.SECRET);
  }

  @Override
  String secret() {
    return "consumerSecret";
  }

  @Override
  String changedParameter() {
    return "modified_after";
  }

  @Test
  void eachCategoryIsADatasetOfItsOwn() {
    TestConnector connector =
        connector(config().replaceFirst("\\{", "{\"categories\": [\"9\", 12],"));

    assertThat(connector.versions()).hasSize(2);
    assertThat(connector.records("products-12")).hasSize(250);
    assertThat(vendor.asked().getLast().parameter("category")).isEqualTo("12");
  }

  @Test
  void imagesAndStockComeOnlyWhereTheyAreWanted() {
    JsonNode product =
        connector(
                config()
                    .replaceFirst("\\{", "{\"includeInventory\": false, \"includeImages\": false,"))
            .test()
            .at("/sample/0");

    assertThat(product.get("sku").asText()).isEqualTo("SKU-1");
    assertThat(product.has("stock_quantity")).isFalse();
    assertThat(product.has("images")).isFalse();
    assertThat(product.has("related_ids")).isFalse();
  }
}
