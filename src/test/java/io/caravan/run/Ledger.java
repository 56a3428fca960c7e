package io.caravan.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.caravan.TestDatabase;
import io.caravan.setting.CaravanSettings;
import io.caravan.setting.PipelineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One node on a ledger, put together by hand, so that a test can have several of them on one
 * database.
 */
final class Ledger implements AutoCloseable {
  static final String PIPELINE = "testsync";
  final JdbcClient jdbc;
  final RunStore store;
  final ItemStore itemStore;
  final ActiveWork active;
  final LedgerWriter writer;
  final Runs runs;
  final Items items;

  Ledger(DataSource database, String node, Duration lease) {
    this(
        database,
        node,
        lease,
        new PipelineSettings(
            "Test", "off", Duration.ofMinutes(1), Duration.ofMinutes(1), 4, 2, false, false));
  }

  Ledger(DataSource database, String nodeName, Duration lease, PipelineSettings settings) {
    Node node = new Node(nodeName);
    RunProperties properties =
        new RunProperties(lease, 3, 10, 50, Duration.ofMinutes(5), 50, Duration.ofDays(90), 10);
    jdbc = JdbcClient.create(database);
    store = new RunStore(jdbc);
    itemStore = new ItemStore(jdbc, node, properties);
    active = new ActiveWork(store, itemStore, node, properties);
    writer =
        new LedgerWriter(
            itemStore, new TransactionTemplate(new DataSourceTransactionManager(database)));
    Pipelines pipelines =
        new Pipelines(new CaravanSettings("", "", "", "", "", Map.of(PIPELINE, settings)), store);
    runs = new Runs(store, itemStore, pipelines, active, node, properties);
    items = new Items(writer, itemStore, active, pipelines);
  }

  static Ledger fresh() {
    return new Ledger(TestDatabase.migrated(), "node-a", Duration.ofSeconds(30));
  }

  Run queued() {
    return runs.request(PIPELINE, "api", RunRequest.everything(), null);
  }

  /** A run of this many items, opened and planned. */
  Run running(int items) {
    return running(plan(items));
  }

  Run running(List<PlannedItem> plan) {
    Run run = runs.open(queued().id()).orElseThrow();
    runs.plan(run, plan);
    return runs.get(run.id());
  }

  static List<PlannedItem> plan(int items) {
    return IntStream.range(0, items).mapToObj(i -> item("key-" + i, null)).toList();
  }

  static PlannedItem item(String key, String lane) {
    return new PlannedItem(
        key, "title of " + key, lane, null, JsonNodeFactory.instance.objectNode());
  }

  List<RunItem> itemsOf(Run run) {
    return runs.items(run.id(), null);
  }

  @Override
  public void close() throws InterruptedException {
    writer.close();
    active.close();
  }
}
