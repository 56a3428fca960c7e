package io.caravan.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;

/**
 * A PostgreSQL for the scripts in bench/: writes its address in one line and lives until its
 * standard input ends.
 */
public final class PostgresForScripts {
  private PostgresForScripts() {}

  public static void main(String[] arguments) throws Exception {
    // Only the address may be on standard output, and the library's log goes there.
    PrintStream answer = System.out;
    System.setOut(System.err);
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("jit", "off").start()) {
      answer.printf("postgres://postgres@localhost:%d/postgres%n", server.getPort());
      answer.flush();
      System.in.transferTo(PrintStream.nullOutputStream());
    }
  }
}
