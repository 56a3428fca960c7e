package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class HubSpotTest extends VendorContract<TestHubSpot> {
  HubSpotTest() {
    super(new TestHubSpot(), "hubspot", "contacts", 230);
  }

  @Override
  String config() {
    return "{\"baseUrl\": \"%s\", \"objectTypes\": [\"contacts\"]}".formatted(vendor.url());
  }

  @Override
  String credentials() {
    return "{\"accessToken\": \"%s\"}".formatted(TestHubSpot.TOKEN);
  }

  @Override
  String secret() {
    return "accessToken";
  }

  @Override
  String changedParameter() {
    return null;
  }

  /** HubSpot lists everything each time. */
  @Test
  void aContactThatIsGoneGoes() {
    TestConnector connector = connector();
    connector.versions();
    vendor.remove(7);

    assertThat(connector.versions().getFirst().get("removed").asInt()).isEqualTo(1);
    assertThat(connector.records("contacts")).hasSize(229);
  }

  @Test
  void onlyTheWantedPropertiesAreFetched() {
    TestConnector connector =
        connector(
            config()
                .replaceFirst(
                    "\\{", "{\"properties\": {\"contacts\": [\"email\", \"firstname\"]},"));
    connector.versions();
    assertThat(vendor.asked().getLast().parameter("properties")).isEqualTo("email,firstname");

    JsonNode contact =
        connector(config().replaceFirst("\\{", "{\"properties\": {\"contacts\": [\"email\"]},"))
            .test()
            .at("/sample/0");

    assertThat(contact.has("email")).isTrue();
    assertThat(contact.has("firstname")).isFalse();
  }

  @Test
  void anObjectThatHubSpotDoesNotKnowIsSaidSo() {
    JsonNode item = connector(config().replace("contacts", "cntacts")).sync();

    assertThat(item.at("/error/kind").asText()).isEqualTo("configuration");
    assertThat(item.at("/error/message").asText()).contains("Unable to infer object type");
  }
}
