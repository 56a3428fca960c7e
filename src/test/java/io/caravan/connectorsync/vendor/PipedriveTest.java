package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.Api;
import org.junit.jupiter.api.Test;

class PipedriveTest extends VendorContract<TestPipedrive> {
  PipedriveTest() {
    super(new TestPipedrive(), "pipedrive", "deals", 1100);
  }

  @Override
  String config() {
    return "{\"baseUrl\": \"%s\", \"objectTypes\": [\"deals\"]}".formatted(vendor.url());
  }

  @Override
  String credentials() {
    return "{\"apiToken\": \"%s\"}".formatted(TestPipedrive.TOKEN);
  }

  @Override
  String secret() {
    return "apiToken";
  }

  @Override
  String changedParameter() {
    return "updated_since";
  }

  @Test
  void anObjectThatIsNotInVersion2IsRefusedWithThoseThatAre() {
    Api.Answer answer =
        TestConnector.added(api(), type(), config().replace("deals", "leads"), credentials());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("objectTypes", "persons");
  }
}
