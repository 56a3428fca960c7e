package io.caravan.connectorsync.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caravan.Api;
import io.caravan.CaravanTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What holds for every vendor: whole syncs through the API, against a server with its rules. */
@CaravanTest
abstract class VendorContract<V extends TestVendor> {
  /** Later than all changes that a vendor begins with. */
  private static final Instant LATER = TestVendor.LONG_AGO.plus(30, ChronoUnit.DAYS);

  final V vendor;
  private final String type;
  private final String resource;
  private final int records;
  private Api api;

  /**
   * @param resource the vendor's list
   * @param records more than two pages
   */
  VendorContract(V vendor, String type, String resource, int records) {
    this.vendor = vendor;
    this.type = type;
    this.resource = resource;
    this.records = records;
  }

  /** What somebody writes into a connector's config. */
  abstract String config();

  abstract String credentials();

  /** The name of a secret that is then wrong. */
  abstract String secret();

  /** A query that asks for what changed, by the name of its parameter; null for none. */
  abstract String changedParameter();

  @BeforeEach
  void fill(@LocalServerPort int port) {
    api = new Api(port);
    vendor.fill(records);
  }

  @AfterEach
  void close() {
    vendor.close();
  }

  Api api() {
    return api;
  }

  TestConnector connector() {
    return connector(config());
  }

  TestConnector connector(String config) {
    return TestConnector.add(api, type, config, credentials());
  }

  String type() {
    return type;
  }

  @Test
  void everyRecordOfEveryPageBecomesARow() {
    TestConnector connector = connector();

    JsonNode version = connector.versions().getFirst();

    assertThat(version.get("added").asInt()).isEqualTo(records);
    assertThat(connector.records(resource)).hasSize(records);
  }

  @Test
  void theNextSyncBringsWhatChangedAndTheRestIsUntouched() {
    TestConnector connector = connector();
    connector.versions();
    vendor.asked().clear();
    vendor.put(3, "Renamed", LATER);
    vendor.put(records + 1, "New", LATER);

    JsonNode version = connector.versions().getFirst();

    assertThat(version.get("added").asInt()).as("%s", version).isEqualTo(1);
    assertThat(version.get("updated").asInt()).isEqualTo(1);
    assertThat(version.get("removed").asInt()).isZero();
    assertThat(connector.records(resource)).hasSize(records + 1);
    if (changedParameter() != null) {
      List<TestVendor.Asked> lists =
          vendor.asked().stream().filter(one -> one.method().equals("GET")).toList();
      assertThat(lists).as("%s", lists).hasSize(1);
      assertThat(lists.getFirst().parameter(changedParameter())).contains("2025-03-");
    }
  }

  @Test
  void aTestShowsFiveRecordsAndStoresNone() {
    TestConnector connector = connector();

    JsonNode test = connector.test();

    assertThat(test.get("ok").asBoolean()).as("%s", test).isTrue();
    assertThat(test.get("sample")).hasSize(5);
    assertThat(connector.show().get("lastSyncAt").isNull()).isTrue();
  }

  @Test
  void aWrongSecretNeedsSomebodyWhoIsToldWhich() {
    TestConnector connector = connector();
    connector.versions();
    connector.credentials(
        credentials().replaceFirst("(\"%s\": *\")[^\"]*".formatted(secret()), "$1wrong-secret"));
    vendor.asked().clear();

    JsonNode item = connector.sync();

    assertThat(item.at("/error/kind").asText()).as("%s", item).isEqualTo("authorisation");
    assertThat(item.at("/error/message").asText())
        .contains("credentials." + secret())
        .doesNotContain("wrong-secret");
    assertThat(connector.show().get("status").asText()).isEqualTo("NEEDS_ATTENTION");
    assertThat(vendor.asked()).hasSize(1);
    assertThat(connector.records(resource)).hasSize(records);
  }

  @Test
  void aVendorThatHadTooManyRequestsIsAskedAgain() {
    TestConnector connector = connector();
    vendor.answerNext(vendor.tooMany());

    assertThat(connector.versions().getFirst().get("added").asInt()).isEqualTo(records);
  }

  @Test
  void aConfigWithAMisspelledFieldIsRefused() {
    Api.Answer answer =
        TestConnector.added(
            api, type, config().replaceFirst("\\{", "{\"bseUrl\": 1,"), credentials());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().get("detail").asText()).contains("bseUrl");
  }
}
