package io.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriversTest {
  private static final String SOURCE =
      """
      package %1$s;
      public class FakeDriver implements java.sql.Driver {
        public java.sql.Connection connect(String url, java.util.Properties info) { return null; }
        public boolean acceptsURL(String url) { return url.startsWith("jdbc:%1$s:"); }
        public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties info) { return null; }
        public int getMajorVersion() { return 1; }
        public int getMinorVersion() { return 0; }
        public boolean jdbcCompliant() { return false; }
        public java.util.logging.Logger getParentLogger() { return null; }
      }
      """;

  @TempDir Path folder;

  private void dropDriver(String vendor, Path jar) throws IOException {
    Path work = Files.createDirectories(folder.resolve("build").resolve(vendor));
    Path java = Files.writeString(work.resolve("FakeDriver.java"), SOURCE.formatted(vendor));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", work.toString(), java.toString());
    assertThat(result).isZero();
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(vendor + "/FakeDriver.class"));
      out.write(Files.readAllBytes(work.resolve(vendor).resolve("FakeDriver.class")));
      out.putNextEntry(new JarEntry("META-INF/services/java.sql.Driver"));
      out.write((vendor + ".FakeDriver\n").getBytes());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL,jdbc:postgresql://h/d",
    "MYSQL,jdbc:mariadb://h/d",
    "MARIADB,jdbc:mariadb://h/d",
    "SQLSERVER,jdbc:sqlserver://h",
    "DUCKDB,jdbc:duckdb:x"
  })
  void theBundledDriversTakeTheirUrls(SourceType type, String url) throws Exception {
    assertThat(new Drivers(folder).driver(type, url).acceptsURL(url)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "REDSHIFT,com.amazon.redshift:redshift-jdbc42",
    "SNOWFLAKE,net.snowflake:snowflake-jdbc",
    "BIGQUERY,com.google.cloud:google-cloud-bigquery-jdbc",
    "DATABRICKS,com.databricks:databricks-jdbc"
  })
  void aMissingDriverIsNamedWithTheFolder(SourceType type, String coordinates) {
    for (Path where : new Path[] {folder, folder.resolve("absent")}) {
      assertThatThrownBy(() -> new Drivers(where).driver(type, "jdbc:" + type.apiName() + ":x"))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
          .hasMessageContaining(coordinates)
          .hasMessageContaining(where.toString());
    }
  }

  @Test
  void aDriverDroppedWhileRunningIsFoundInTheFolderAndBelow() throws Exception {
    Path drop = folder.resolve("drivers");
    Drivers drivers = new Drivers(drop);
    assertThatThrownBy(() -> drivers.driver(SourceType.SNOWFLAKE, "jdbc:snowflake:x"))
        .isInstanceOf(Failure.class);
    dropDriver("redshift", drop.resolve("redshift.jar"));
    dropDriver("snowflake", drop.resolve("snow/driver.jar"));

    var snowflake = drivers.driver(SourceType.SNOWFLAKE, "jdbc:snowflake:x");

    assertThat(snowflake.getClass().getName()).isEqualTo("snowflake.FakeDriver");
    assertThat(drivers.driver(SourceType.SNOWFLAKE, "jdbc:snowflake:y")).isSameAs(snowflake);
    assertThat(drivers.driver(SourceType.REDSHIFT, "jdbc:redshift:x").getClass().getName())
        .isEqualTo("redshift.FakeDriver");
    assertThatThrownBy(() -> drivers.driver(SourceType.BIGQUERY, "jdbc:bigquery:x"))
        .isInstanceOf(Failure.class);
  }

  @Test
  void aBrokenJarDoesNotHideTheGoodOne() throws Exception {
    Path drop = Files.createDirectories(folder.resolve("drivers"));
    Files.writeString(drop.resolve("broken.jar"), "no jar");
    dropDriver("databricks", drop.resolve("good.jar"));

    assertThat(new Drivers(drop).driver(SourceType.DATABRICKS, "jdbc:databricks:x")).isNotNull();
  }
}
