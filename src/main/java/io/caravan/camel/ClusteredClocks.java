package io.caravan.camel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.quartz.SchedulerConfigException;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * Keeps clocks in Caravan's database, each operation of Quartz in a transaction of its own.
 *
 * <p>Spring's store leaves the transaction to whoever calls the scheduler. Camel, which calls it as
 * a route starts, opens none: every statement would count for itself, Quartz' locks would end as
 * they are taken, and a node that starts beside another could see half a clock and not start.
 */
public class ClusteredClocks extends JobStoreTX {
  @Override
  public void initialize(ClassLoadHelper loader, SchedulerSignaler signaler)
      throws SchedulerConfigException {
    DataSource database = SchedulerFactoryBean.getConfigTimeDataSource();
    // Quartz keeps its data sources in one place for the whole JVM.
    String name = "clocks-" + UUID.randomUUID();
    DBConnectionManager.getInstance().addConnectionProvider(name, new Connections(database));
    setDataSource(name);
    super.initialize(loader, signaler);
  }

  private record Connections(DataSource database) implements ConnectionProvider {
    @Override
    public Connection getConnection() throws SQLException {
      return database.getConnection();
    }

    /** The pool is Spring's, which also closes it. */
    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
  }
}
