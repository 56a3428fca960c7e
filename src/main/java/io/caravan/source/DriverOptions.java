package io.caravan.source;

import java.util.Properties;

/**
 * What each driver is told when it connects: who we are, how long anything may take, and what it
 * must not do. Names and units are those of the drivers' documents.
 */
final class DriverOptions {
  private DriverOptions() {}

  static Properties of(Login login, SourceProperties settings) {
    Properties options = new Properties();
    String connectSeconds = String.valueOf(settings.connectTimeout().toSeconds());
    String socketSeconds = String.valueOf(settings.socketTimeout().toSeconds());
    String socketMillis = String.valueOf(settings.socketTimeout().toMillis());
    switch (login.type()) {
      case POSTGRESQL -> {
        options.setProperty("connectTimeout", connectSeconds);
        options.setProperty("loginTimeout", connectSeconds);
        options.setProperty("cancelSignalTimeout", connectSeconds);
        options.setProperty("socketTimeout", socketSeconds);
        options.setProperty("tcpKeepAlive", "true");
        options.setProperty("ApplicationName", "caravan");
        options.setProperty("logServerErrorDetail", "false");
      }
      case REDSHIFT -> {
        options.setProperty("loginTimeout", connectSeconds);
        options.setProperty("socketTimeout", socketSeconds);
        options.setProperty("ApplicationName", "caravan");
      }
      case MYSQL, MARIADB -> {
        options.setProperty("connectTimeout", String.valueOf(settings.connectTimeout().toMillis()));
        options.setProperty("socketTimeout", socketMillis);
        options.setProperty("allowLocalInfile", "false");
        options.setProperty("includeInnodbStatusInDeadlockExceptions", "false");
      }
      case SQLSERVER -> {
        options.setProperty("loginTimeout", connectSeconds);
        options.setProperty("socketTimeout", socketMillis);
        options.setProperty("cancelQueryTimeout", connectSeconds);
        options.setProperty(
            "queryTimeout", String.valueOf(settings.statementTimeout().toSeconds()));
        options.setProperty("applicationName", "caravan");
        options.setProperty("applicationIntent", "ReadOnly");
      }
      case SNOWFLAKE -> {
        options.setProperty("loginTimeout", connectSeconds);
        options.setProperty("networkTimeout", socketMillis);
        options.setProperty("application", "caravan");
      }
      case BIGQUERY -> options.setProperty("Timeout", socketSeconds);
      case DATABRICKS -> {
        options.setProperty("SocketTimeout", socketSeconds);
        options.setProperty("UserAgentEntry", "caravan");
      }
      case DUCKDB -> {
        options.setProperty("duckdb.read_only", "true");
        // Or the whole answer would be in memory before its first row is read.
        options.setProperty("jdbc_stream_results", "true");
        options.setProperty("enable_external_access", "false");
        options.setProperty("autoinstall_known_extensions", "false");
        options.setProperty("autoload_known_extensions", "false");
        options.setProperty("memory_limit", settings.duckdbMemory().toMegabytes() + "MB");
        options.setProperty("temp_directory", "");
      }
    }
    credentials(login, options);
    return options;
  }

  private static void credentials(Login login, Properties options) {
    String user = login.type() == SourceType.BIGQUERY ? "OAuthServiceAcctEmail" : "user";
    String password = login.type() == SourceType.BIGQUERY ? "OAuthPvtKey" : "password";
    if (login.type() == SourceType.DUCKDB) {
      return;
    }
    if (login.username() != null) {
      options.setProperty(user, login.username());
    }
    if (login.password() != null) {
      options.setProperty(password, login.password());
    }
  }
}
