package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class BigCommerceTest extends VendorContract<TestBigCommerce> {
  BigCommerceTest() {
    super(new TestBigCommerce(), "bigcommerce", "products", 600);
  }

  @Override
  String config() {
    return "{\"baseUrl\": \"%s\", \"storeHash\": \"tpn1dt6\"}".formatted(vendor.url());
  }

  @Override
  String credentials() {
    return "{\"accessToken\": \"%s\"}".formatted(TestBigCommerce.TOKEN);
  }

  @Override
  String secret() {
    return "accessToken";
  }

  @Override
  String changedParameter() {
    return "date_modified:min";
  }

  @Test
  void variantsImagesAndStockComeOnlyWhereTheyAreWanted() {
    JsonNode whole = connector().test().at("/sample/0");
    assertThat(whole.has("variants")).isTrue();
    assertThat(whole.has("inventory_level")).isTrue();

    JsonNode product =
        connector(
                config()
                    .replaceFirst(
                        "\\{",
                        "{\"includeVariants\": false, \"includeImages\": false,"
                            + " \"includeInventory\": false,"))
            .test()
            .at("/sample/0");

    assertThat(product.get("name").asText()).isEqualTo("Record 1");
    assertThat(product.has("variants")).isFalse();
    assertThat(product.has("images")).isFalse();
    assertThat(product.has("inventory_level")).isFalse();
  }

  @Test
  void onlyTheWantedCategoriesAreAskedFor() {
    connector(config().replaceFirst("\\{", "{\"categories\": [3, 4],")).versions();

    assertThat(vendor.asked().getLast().parameter("categories:in")).isEqualTo("3,4");
  }
}
