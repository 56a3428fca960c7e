package io.caravan.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Eight readers that join three views again and again, and one that holds its transaction for a
 * second and a half now and then. Every row says of which edition it is.
 */
final class GreenReaders {
  private static final int READERS = 8;
  private static final long PAUSE_MILLIS = 20;
  private static final long HELD_MILLIS = 1_500;
  private static final String JOIN =
      """
      select left(t.bio, 6), left(p.description, 6), left(m.caption, 6)
        from green.talents_current t
        join green.talents_portfolios_current p on p.talent_id = t.id
        join green.portfolios_media_current m on m.portfolio_id = p.id
      """;

  private final GreenServer server;
  private final GreenServer.Site site;
  private volatile boolean ended;

  /**
   * @param worst milliseconds of the slowest read
   * @param millis how long they read
   */
  record Seen(long reads, double worst, long millis) {}

  private GreenReaders(GreenServer server, GreenServer.Site site) {
    this.server = server;
    this.site = site;
  }

  /**
   * Lets them read while something else is done.
   *
   * @throws Exception when a read fails, finds less than all rows, or rows of two editions
   */
  static Seen read(GreenServer server, GreenServer.Site site, Ratio.Timed meanwhile)
      throws Exception {
    GreenReaders readers = new GreenReaders(server, site);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Seen>> all = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        all.add(threads.submit(readers::quick));
      }
      all.add(threads.submit(readers::slow));
      long millis;
      try {
        millis = (long) Ratio.millis(meanwhile);
      } finally {
        readers.ended = true;
      }
      long reads = 0;
      double worst = 0;
      for (Future<Seen> one : all) {
        reads += one.get().reads();
        worst = Math.max(worst, one.get().worst());
      }
      return new Seen(reads, worst, millis);
    }
  }

  private Seen quick() throws Exception {
    try (Connection connection = server.connect(site);
        PreparedStatement join = connection.prepareStatement(JOIN)) {
      // Neither connecting nor the first plan is what is measured.
      check(join);
      long reads = 0;
      double worst = 0;
      while (!ended) {
        worst = Math.max(worst, Ratio.millis(() -> check(join)));
        reads++;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      return new Seen(reads, worst, 0);
    }
  }

  private Seen slow() throws Exception {
    try (Connection connection = server.connect(site);
        PreparedStatement join = connection.prepareStatement(JOIN)) {
      connection.setAutoCommit(false);
      long reads = 0;
      while (!ended) {
        check(join);
        reads++;
        TimeUnit.MILLISECONDS.sleep(HELD_MILLIS);
        connection.commit();
        TimeUnit.MILLISECONDS.sleep(HELD_MILLIS);
      }
      return new Seen(reads, 0, 0);
    }
  }

  private void check(PreparedStatement join) throws SQLException {
    long rows = 0;
    String edition = null;
    try (ResultSet row = join.executeQuery()) {
      while (row.next()) {
        rows++;
        edition = edition == null ? row.getString(1) : edition;
        for (int column = 1; column <= 3; column++) {
          if (!row.getString(column).equals(edition)) {
            throw new IllegalStateException(
                "Wrong result: %s beside %s".formatted(row.getString(column), edition));
          }
        }
      }
    }
    if (rows != site.records().rows("portfolios_media")) {
      throw new IllegalStateException("Wrong result: " + rows + " rows");
    }
  }
}
