package io.caravan.reach;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Which addresses are no part of the public internet (IANA's registries of special-purpose
 * addresses for IPv4 and IPv6), and which of them a setting may open.
 */
final class AddressRules {
  /** An address that was refused: what it is, and whether the setting would open it. */
  record Refusal(String what, boolean canBeAllowed) {}

  private record Block(IpAddressMatcher addresses, Refusal refusal) {}

  /** The first block that holds an address decides, so the narrow ones come first. */
  private static final List<Block> BLOCKS =
      List.of(
          never("169.254.0.0/16", "link-local or cloud metadata"),
          never("168.63.129.16/32", "cloud metadata"),
          never("100.100.100.200/32", "cloud metadata"),
          never("192.0.0.192/32", "cloud metadata"),
          never("fd00:ec2::254/128", "cloud metadata"),
          never("fd20:ce::254/128", "cloud metadata"),
          never("0.0.0.0/8", "unspecified"),
          never("::/128", "unspecified"),
          never("224.0.0.0/4", "multicast"),
          never("ff00::/8", "multicast"),
          never("240.0.0.0/4", "reserved or broadcast"),
          never("fe80::/10", "link-local"),
          never("192.0.0.0/24", "reserved"),
          never("192.0.2.0/24", "documentation"),
          never("198.51.100.0/24", "documentation"),
          never("203.0.113.0/24", "documentation"),
          never("192.88.99.0/24", "reserved"),
          never("2001:db8::/32", "documentation"),
          never("3fff::/20", "documentation"),
          never("2001::/23", "tunnel or reserved"),
          privately("127.0.0.0/8", "loopback"),
          privately("::1/128", "loopback"),
          privately("10.0.0.0/8", "private"),
          privately("172.16.0.0/12", "private"),
          privately("192.168.0.0/16", "private"),
          privately("198.18.0.0/15", "private"),
          privately("100.64.0.0/10", "shared (carrier-grade NAT)"),
          privately("fc00::/7", "unique-local"));

  private static final Refusal NOT_GLOBAL = new Refusal("reserved", false);
  private static final IpAddressMatcher GLOBAL_IPV6 = new IpAddressMatcher("2000::/3");
  private static final IpAddressMatcher SIX_TO_FOUR = new IpAddressMatcher("2002::/16");
  private static final IpAddressMatcher NAT64 = new IpAddressMatcher("64:ff9b::/96");

  private AddressRules() {}

  private static Block never(String addresses, String what) {
    return new Block(new IpAddressMatcher(addresses), new Refusal(what, false));
  }

  private static Block privately(String addresses, String what) {
    return new Block(new IpAddressMatcher(addresses), new Refusal(what, true));
  }

  /** Why this is no public address; empty when it is one. */
  static Optional<Refusal> refusal(InetAddress address) {
    String text = address.getHostAddress().replaceFirst("%.*", "");
    Optional<Refusal> listed =
        BLOCKS.stream()
            .filter(block -> block.addresses().matches(text))
            .map(Block::refusal)
            .findFirst();
    if (listed.isPresent() || address instanceof Inet4Address) {
      // The JDK makes an IPv4 address of ::ffff:a.b.c.d by itself.
      return listed;
    }
    byte[] bytes = address.getAddress();
    if (NAT64.matches(text)) {
      return refusal(ipv4(bytes, 12));
    }
    if (SIX_TO_FOUR.matches(text)) {
      return refusal(ipv4(bytes, 2));
    }
    // ISATAP (RFC 5214 section 6.1) below any prefix.
    if ((bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe) {
      return refusal(ipv4(bytes, 12));
    }
    return GLOBAL_IPV6.matches(text) ? Optional.empty() : Optional.of(NOT_GLOBAL);
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
