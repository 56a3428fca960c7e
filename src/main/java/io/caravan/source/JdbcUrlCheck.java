package io.caravan.source;

import io.caravan.failure.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a JDBC URL may be used: it fits the type, holds no secret, and only driver options that
 * are known to be harmless.
 *
 * <p>Every vendor's driver has options that run code, write files of this machine, or switch a time
 * limit off, and gets new ones. So the harmless ones are listed.
 */
public final class JdbcUrlCheck {
  private static final Map<SourceType, Set<String>> HARMLESS =
      Map.of(
          SourceType.POSTGRESQL,
          words(
              """
              ssl sslmode sslrootcert sslcert sslkey sslnegotiation channelbinding gssencmode krbsrvname
              applicationname currentschema targetservertype loadbalancehosts hostrecheckseconds tcpkeepalive
              preparethreshold preferquerymode readonly options
              """),
          SourceType.MARIADB,
          words(mysql()),
          SourceType.MYSQL,
          words(mysql()),
          SourceType.SQLSERVER,
          words(
              """
              databasename database encrypt trustservercertificate hostnameincertificate servername server port
              portnumber instancename applicationintent applicationname multisubnetfailover failoverpartner
              integratedsecurity authentication authenticationscheme domain realm serverspn
              sendstringparametersasunicode packetsize responsebuffering selectmethod ipaddresspreference
              transparentnetworkipresolution workstationid tnir columnencryptionsetting
              """),
          SourceType.REDSHIFT,
          words(
              """
              ssl sslmode currentschema applicationname tcpkeepalive databasemetadatacurrentdbonly iam clusterid region
              dbuser autocreate dbgroups forcelowercase isserverless serverlessacctid serverlessworkgroup
              """),
          SourceType.SNOWFLAKE,
          words(
              """
              account db database schema warehouse role authenticator application client_session_keep_alive
              ocspfailopen ssl
              """),
          SourceType.BIGQUERY,
          words(
              """
              projectid oauthtype oauthserviceacctemail defaultdataset location additionalprojects
              maximumbytesbilled labels usequerycache jobcreationmode enablehighthroughputapi
              highthroughputmintablesize highthroughputactivationratio unsupportedhtapifallback
              filtertablesondefaultdataset querydialect
              """),
          SourceType.DATABRICKS,
          words(
              """
              httppath authmech auth_flow ssl transportmode conncatalog connschema enablearrow
              enabledirectresults usethriftclient useragententry
              """),
          SourceType.DUCKDB,
          Set.of());

  private static String mysql() {
    return """
    host port type usessl requiressl sslmode verifyservercertificate trustservercertificate serversslcert tlsversions
    enabledsslprotocolsuites usecompression useunicode characterencoding connectioncollation servertimezone
    connectiontimezone timezone forceconnectiontimezonetosession zerodatetimebehavior tinyint1isbit
    transformedbitisboolean yearisdatetype tcpkeepalive allowpublickeyretrieval nullcatalogmeanscurrent
    nulldatabasemeanscurrent uselegacydatetimecode usejdbccomplianttimezoneshift permitmysqlscheme autoreconnect
    """;
  }

  private static Set<String> words(String words) {
    return Set.of(words.strip().split("\\s+"));
  }

  private static final Pattern SECRET =
      Pattern.compile(
          "passw|pwd|passphrase|passcode|secret|token|credential|(api|access|private|pvt|account)_?key");

  private static final Set<String> USER_NAMES = Set.of("user", "username", "uid", "usr");

  /**
   * An option begins at the start of the URL's tail and after every separator that any of the
   * drivers knows.
   */
  private static final Pattern OPTION = Pattern.compile("[?&;(\\[,]\\s*([^=?&;()\\[\\],]*)=");

  private static final Pattern USER_INFO = Pattern.compile("//[^/?;]*@");
  private static final Pattern PLACE = Pattern.compile("^[a-z0-9:+]+?://([^/?;@]*)(?:[/?;].*)?$");

  private JdbcUrlCheck() {}

  /**
   * @throws InvalidInputException saying what to change; the URL itself is not repeated
   */
  public static void check(SourceType type, String jdbcUrl) {
    String prefix = prefix(type);
    if (!jdbcUrl.startsWith(prefix) || jdbcUrl.length() == prefix.length()) {
      throw new InvalidInputException(
          "jdbcUrl of a data source of type "
              + type.apiName()
              + " must begin with "
              + example(type)
              + ".");
    }
    if (jdbcUrl.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInputException("jdbcUrl must not hold control characters.");
    }
    if (USER_INFO.matcher(jdbcUrl).find()) {
      throw new InvalidInputException(
          "jdbcUrl must not hold a user or password; put them into username and password.");
    }
    if (type == SourceType.DUCKDB) {
      checkFile(jdbcUrl.substring(prefix.length()));
    }
    Matcher options = OPTION.matcher(jdbcUrl);
    while (options.find()) {
      checkOption(type, options.group(1).strip());
    }
  }

  private static void checkOption(SourceType type, String option) {
    String name = option.toLowerCase(Locale.ROOT);
    if (USER_NAMES.contains(name)) {
      throw new InvalidInputException(
          "jdbcUrl must not hold the option " + option + "; put its value into username.");
    }
    if (SECRET.matcher(name).find()) {
      throw new InvalidInputException(
          "jdbcUrl must not hold the option " + option + "; put its value into password.");
    }
    if (!HARMLESS.get(type).contains(name)) {
      throw new InvalidInputException(
          "jdbcUrl must not hold the option %s: Caravan does not let it through to the driver; remove it."
              .formatted(option));
    }
  }

  private static void checkFile(String file) {
    if (file.startsWith(":memory:")
        || file.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
        || file.matches(".*[;?].*")) {
      throw new InvalidInputException(
          "jdbcUrl of a data source of type duckdb must name a file on this machine, for example"
              + " jdbc:duckdb:/srv/shop.duckdb, and nothing else.");
    }
  }

  private static String prefix(SourceType type) {
    return "jdbc:" + type.apiName() + ":";
  }

  private static String example(SourceType type) {
    return type == SourceType.DUCKDB ? "jdbc:duckdb: and name a file" : prefix(type) + "//";
  }

  /** The URL as the driver in use wants it: MySQL is spoken to through the MariaDB driver. */
  static String forDriver(SourceType type, String jdbcUrl) {
    return type == SourceType.MYSQL
        ? "jdbc:mariadb:" + jdbcUrl.substring(prefix(type).length())
        : jdbcUrl;
  }

  /** Host and port, or the file, as far as the URL says; for messages. */
  static String place(String jdbcUrl) {
    Matcher matcher = PLACE.matcher(jdbcUrl);
    if (matcher.matches()) {
      return matcher.group(1);
    }
    return List.of(jdbcUrl.split("[?;]", 2)).getFirst();
  }
}
