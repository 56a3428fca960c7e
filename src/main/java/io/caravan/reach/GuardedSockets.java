package io.caravan.reach;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import org.springframework.stereotype.Component;

/**
 * Sockets that reach no further than connectors may, for libraries that speak something other than
 * HTTP. What is connected to is the address that was checked, whatever the library looked up.
 */
@Component
public final class GuardedSockets extends SocketFactory {
  private final Hosts hosts;

  GuardedSockets(Hosts hosts) {
    this.hosts = hosts;
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public void connect(SocketAddress to, int timeout) throws IOException {
        super.connect(checked(to), timeout);
      }

      @Override
      public void connect(SocketAddress to) throws IOException {
        super.connect(checked(to));
      }
    };
  }

  private SocketAddress checked(SocketAddress to) throws IOException {
    if (!(to instanceof InetSocketAddress address)) {
      throw new IOException("Only TCP is spoken here.");
    }
    return new InetSocketAddress(hosts.check(address.getHostString())[0], address.getPort());
  }

  private Socket connected(SocketAddress to, InetAddress from, int localPort) throws IOException {
    Socket socket = createSocket();
    if (from != null) {
      socket.bind(new InetSocketAddress(from, localPort));
    }
    socket.connect(to);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port), null, 0);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int localPort)
      throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port), from, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null, 0);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), from, localPort);
  }
}
