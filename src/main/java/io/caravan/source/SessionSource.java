package io.caravan.source;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;

/**
 * Opens connections to one data source, each made read-only, UTC and limited before anybody gets
 * it.
 */
final class SessionSource extends AbstractDriverBasedDataSource {
  private final Login login;
  private final String url;
  private final Driver driver;
  private final SourceProperties settings;

  /**
   * @throws io.caravan.failure.Failure when there is no driver
   */
  SessionSource(Login login, Drivers drivers, SourceProperties settings) {
    this.login = login;
    this.url = JdbcUrlCheck.forDriver(login.type(), login.jdbcUrl());
    this.driver = drivers.driver(login.type(), url);
    this.settings = settings;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = getConnectionFromDriver(DriverOptions.of(login, settings));
    try {
      setUp(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The driver's own options limit the log-in; the pool asks how long that may take. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return (int) settings.connectTimeout().toSeconds();
  }

  @Override
  protected Connection getConnectionFromDriver(Properties options) throws SQLException {
    Connection connection;
    try {
      connection = driver.connect(url, options);
    } catch (RuntimeException e) {
      throw new SQLException("the driver failed", "08001", e);
    }
    if (connection == null) {
      throw new SQLException("the driver does not take this URL", "08001");
    }
    return connection;
  }

  private void setUp(Connection connection) throws SQLException {
    Dialect dialect = Dialect.of(login.type());
    try (Statement statement = connection.createStatement()) {
      for (String sql : dialect.sessionSetUp(settings.sessionLimits())) {
        statement.execute(sql);
      }
    }
    if (dialect.transactional()) {
      connection.setAutoCommit(false);
    }
  }
}
