package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SalesforceTest extends VendorContract<TestSalesforce> {
  SalesforceTest() {
    super(new TestSalesforce(), "salesforce", "Account", 4100);
  }

  @Override
  String config() {
    return "{\"baseUrl\": \"%s\", \"objectTypes\": [\"Account\"]}".formatted(vendor.url());
  }

  @Override
  String credentials() {
    return "{\"clientId\": \"%s\", \"clientSecret\": \"%s\"}"
        .formatted(TestSalesforce.CLIENT, TestSalesforce.SECRET);
  }

  @Override
  String secret() {
    return "clientSecret";
  }

  @Override
  String changedParameter() {
    return "q";
  }

  @Test
  void anEndedSessionIsRenewedInTheMidst() {
    TestConnector connector = connector();
    vendor.endSessions();

    assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(4100);
  }

  @Test
  void onlyTheWantedFieldsAreFetched() {
    JsonNode account =
        connector(config().replaceFirst("\\{", "{\"fields\": {\"Account\": [\"Name\"]},"))
            .test()
            .at("/sample/0");

    assertThat(account.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("attributes", "Id", "Name", "SystemModstamp");
  }
}
