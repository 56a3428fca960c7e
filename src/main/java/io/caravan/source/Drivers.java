package io.caravan.source;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the JDBC driver of a vendor: bundled, or in a jar that somebody put into the folder. A jar
 * put there while Caravan runs is found the next time it is wanted.
 */
final class Drivers {
  private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);

  private final Path folder;
  private final Map<SourceType, Driver> found = new EnumMap<>(SourceType.class);

  Drivers(Path folder) {
    this.folder = folder;
  }

  /**
   * The driver for a type.
   *
   * @param url as the driver takes it
   * @throws Failure of kind configuration naming the driver's Maven coordinates and where to put it
   */
  synchronized Driver driver(SourceType type, String url) {
    Driver driver = found.get(type);
    if (driver == null) {
      driver =
          switch (type) {
            case POSTGRESQL, MYSQL, MARIADB, SQLSERVER, DUCKDB -> bundled(Dialect.of(type));
            case REDSHIFT, SNOWFLAKE, BIGQUERY, DATABRICKS -> dropped(Dialect.of(type), url);
          };
      found.put(type, driver);
    }
    return driver;
  }

  private static Driver bundled(Dialect dialect) {
    try {
      return (Driver) Class.forName(dialect.driverClass()).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("bundled driver " + dialect.driverClass() + " is missing", e);
    }
  }

  private Driver dropped(Dialect dialect, String url) {
    for (List<URL> jars : jarsByFolder()) {
      URLClassLoader loader =
          new URLClassLoader(jars.toArray(URL[]::new), getClass().getClassLoader());
      Driver driver = accepting(loader, url);
      if (driver != null) {
        return driver;
      }
      close(loader);
    }
    throw new Failure(
        FailureKind.CONFIGURATION,
        "There is no JDBC driver for %s. Put the jar of %s (Maven Central) into the folder %s and try again."
            .formatted(dialect.type().apiName(), dialect.driverCoordinates(), folder));
  }

  private static Driver accepting(URLClassLoader loader, String url) {
    Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
    while (true) {
      try {
        if (!drivers.hasNext()) {
          return null;
        }
        Driver driver = drivers.next();
        if (driver.getClass().getClassLoader() == loader && driver.acceptsURL(url)) {
          return driver;
        }
      } catch (ServiceConfigurationError | SQLException | LinkageError e) {
        LOG.warn("A driver in the drivers folder cannot be loaded: {}", e.getMessage());
      }
    }
  }

  /** One class loader a sub-folder, so that two vendors' jars do not get into each other's way. */
  private List<List<URL>> jarsByFolder() {
    List<List<URL>> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      jars.add(jars(folder));
      try (Stream<Path> children = Files.list(folder)) {
        children.filter(Files::isDirectory).sorted().map(Drivers::jars).forEach(jars::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return jars.stream().filter(list -> !list.isEmpty()).toList();
  }

  private static List<URL> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        urls.add(jar.toUri().toURL());
      }
      return urls;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      LOG.debug("a class loader would not close", e);
    }
  }
}
