package io.caravan.reach;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Looks names up and lets no address through that connectors may not reach. The addresses that were
 * checked are those that are connected to: there is no second look-up that could say something else
 * (DNS rebinding).
 */
@Component
public final class Hosts implements DnsResolver {
  /** Whoever takes addresses takes such a host for one (WHATWG URL, "ends in a number"). */
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(?i)(?:[^:]*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?");

  private final boolean allowPrivate;
  private final DnsResolver names;

  @Autowired
  Hosts(ReachProperties properties) {
    this(properties.allowPrivateAddresses(), SystemDefaultDnsResolver.INSTANCE);
  }

  /**
   * @param names looks a name up, unchecked
   */
  Hosts(boolean allowPrivate, DnsResolver names) {
    this.allowPrivate = allowPrivate;
    this.names = names;
  }

  /**
   * For connections that are not made over HTTP, for example through JDBC: a driver looks the name
   * up once more, so whoever can, gives it one of the addresses instead of the name.
   *
   * @param host a name or an address, in brackets or not
   * @return its addresses, all of them allowed
   * @throws Failure of kind configuration when one of them may not be reached; transient when the
   *     name is not known
   */
  public InetAddress[] check(String host) {
    try {
      return resolve(host);
    } catch (UnknownHostException e) {
      throw new Failure(
          FailureKind.TRANSIENT,
          "%s is not known to DNS, or DNS does not answer; check its spelling.".formatted(host),
          e);
    }
  }

  /**
   * @throws Failure of kind configuration when one of the addresses may not be reached
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = addresses(host);
    for (InetAddress address : addresses) {
      AddressRules.refusal(address)
          .filter(refusal -> !(allowPrivate && refusal.canBeAllowed()))
          .ifPresent(
              refusal -> {
                throw refused(host, refusal);
              });
    }
    return addresses;
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    String bare = host.replaceFirst("^\\[(.*)]$", "$1");
    if (!ENDS_IN_NUMBER.matcher(bare).matches()) {
      return names.resolve(bare);
    }
    try {
      // Also 2130706433, 0x7f.1 and 0177.0.0.1, as the C library reads them.
      return new InetAddress[] {Inet4Address.ofPosixLiteral(bare.replaceFirst("\\.$", ""))};
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException(host);
    }
  }

  /** A name is never replaced by another one. */
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private static Failure refused(String host, AddressRules.Refusal refusal) {
    return new Failure(
        FailureKind.CONFIGURATION,
        "%s may not be reached: its address is %s. %s"
            .formatted(
                host,
                refusal.what(),
                refusal.canBeAllowed()
                    ? "Connectors reach such addresses only where"
                        + " CONNECTORSYNC_ALLOW_PRIVATE_ADDRESSES is true."
                    : "Connectors never reach such addresses."));
  }
}
