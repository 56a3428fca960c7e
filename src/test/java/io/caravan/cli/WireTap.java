package io.caravan.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between a client and a server and keeps what the client sends. */
final class WireTap implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  WireTap(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How often the client sent these words. */
  int sent(String words) {
    return sent.toString(ISO_8859_1).split(words, -1).length - 1;
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> carry(client, server, sent));
        Thread.ofVirtual().start(() -> carry(server, client, OutputStream.nullOutputStream()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void carry(Socket from, Socket to, OutputStream copy) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copy.write(buffer, 0, read);
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side has hung up.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
