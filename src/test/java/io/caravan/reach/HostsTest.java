package io.caravan.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  private static Hosts saying(boolean allowPrivate, String host, String... addresses) {
    return new Hosts(allowPrivate, new NamesOf(host, addresses));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "10.0.0.1, private",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.168.1.1, private",
    "198.18.0.1, private",
    "100.64.0.1, shared",
    "100.127.255.255, shared",
    "100.100.100.200, cloud metadata",
    "169.254.169.254, cloud metadata",
    "168.63.129.16, cloud metadata",
    "0.0.0.0, unspecified",
    "0.1.2.3, unspecified",
    "192.0.0.8, reserved",
    "192.0.2.1, documentation",
    "198.51.100.1, documentation",
    "203.0.113.1, documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, broadcast",
    "::1, loopback",
    "::, unspecified",
    "::ffff:127.0.0.1, loopback",
    "::ffff:169.254.169.254, cloud metadata",
    "::127.0.0.1, reserved",
    "fe80::1, link-local",
    "febf::1, link-local",
    "fc00::1, unique-local",
    "fd12:3456::1, unique-local",
    "fd00:ec2::254, cloud metadata",
    "fec0::1, reserved",
    "ff02::1, multicast",
    "64:ff9b::7f00:1, loopback",
    "64:ff9b::a9fe:a9fe, cloud metadata",
    "64:ff9b:1::a00:1, reserved",
    "2002:7f00:1::1, loopback",
    "2002:a00:1::1, private",
    "2002:a9fe:a9fe::1, cloud metadata",
    "2001:0:7f00:1::1, tunnel",
    "2001:db8::1, documentation",
    "2606:4700::5efe:7f00:1, loopback",
    "2606:4700::200:5efe:a00:1, private"
  })
  void refusesWhatIsNoPublicAddress(String address, String what) {
    assertThatThrownBy(() -> saying(false, "api.example.com", address).check("api.example.com"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("api.example.com")
        .hasMessageContaining(what)
        .extracting("kind")
        .isEqualTo(FailureKind.CONFIGURATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "169.253.255.255",
        "223.255.255.255",
        "2606:4700::1",
        "64:ff9b::808:808",
        "2002:808:808::1"
      })
  void letsPublicAddressesThrough(String address) throws UnknownHostException {
    assertThat(saying(false, "api.example.com", address).check("api.example.com"))
        .containsExactly(InetAddress.getByName(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "localhost"
      })
  void refusesEverySpellingOfLoopback(String host) {
    assertThatThrownBy(() -> TestWeb.hosts(false).check(host))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("loopback")
        .hasMessageContaining("CONNECTORSYNC_ALLOW_PRIVATE_ADDRESSES")
        .extracting("kind")
        .isEqualTo(FailureKind.CONFIGURATION);
  }

  @Test
  void refusesANameOneOfWhoseAddressesIsPrivate() {
    assertThatThrownBy(
            () -> saying(false, "rebind.example", "8.8.8.8", "10.0.0.1").check("rebind.example"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("rebind.example may not be reached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "192.168.0.1", "100.64.0.1", "::1", "fd12::1"})
  void theSettingOpensLoopbackAndPrivateNetworks(String address) {
    assertThat(saying(true, "db.internal", address).check("db.internal")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "169.254.170.2",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "fe80::1",
        "0.0.0.0",
        "224.0.0.1",
        "64:ff9b::a9fe:a9fe"
      })
  void noSettingOpensCloudMetadata(String address) {
    assertThatThrownBy(() -> saying(true, "metadata.example", address).check("metadata.example"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("never");
  }

  @Test
  void aNameThatNobodyKnowsMayBeKnownLater() {
    assertThatThrownBy(() -> TestWeb.hosts(false).check("nothing.invalid"))
        .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
        .extracting(Failure::kind)
        .isEqualTo(FailureKind.TRANSIENT);
  }

  @Test
  void aNumberTooLargeForAnAddressIsNoHost() {
    for (String host : List.of("99999999999", "1.2.3.4.5")) {
      assertThatThrownBy(() -> TestWeb.hosts(false).check(host))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("not known");
    }
  }
}
