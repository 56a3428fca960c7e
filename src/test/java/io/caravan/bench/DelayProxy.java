package io.caravan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Puts a server far away: every byte arrives later by the same time in each direction; as many may
 * be under way as like.
 */
final class DelayProxy implements AutoCloseable {
  private record Packet(long due, byte[] bytes) {}

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final Duration oneWay;

  DelayProxy(int target, Duration oneWay) throws IOException {
    this.target = target;
    this.oneWay = oneWay;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        carry(client, server);
        carry(server, client);
      } catch (IOException e) {
        return;
      }
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Packet> underWay = new LinkedBlockingQueue<>();
    Thread.ofVirtual().start(() -> take(from, underWay));
    Thread.ofVirtual().start(() -> bring(underWay, to));
  }

  private void take(Socket from, BlockingQueue<Packet> underWay) {
    byte[] buffer = new byte[65_536];
    try {
      InputStream in = from.getInputStream();
      for (int read; (read = in.read(buffer)) >= 0; ) {
        underWay.add(new Packet(System.nanoTime() + oneWay.toNanos(), Arrays.copyOf(buffer, read)));
      }
    } catch (IOException e) {
      // The connection is over; so says the empty packet.
    }
    underWay.add(new Packet(System.nanoTime() + oneWay.toNanos(), new byte[0]));
  }

  private static void bring(BlockingQueue<Packet> underWay, Socket to) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Packet packet = underWay.take(); packet.bytes().length > 0; packet = underWay.take()) {
        TimeUnit.NANOSECONDS.sleep(packet.due() - System.nanoTime());
        out.write(packet.bytes());
      }
    } catch (IOException | InterruptedException e) {
      // The other side sees its connection end, as with a real network.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
