package io.caravan.bench;

import io.caravan.Caravan;
import io.caravan.run.Run;
import io.caravan.run.RunRequest;
import io.caravan.run.Runs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application as it is served, on a given database, with the routes of the benchmarks beside
 * its own.
 */
final class WholeCaravan implements AutoCloseable {
  static final EmptyItems EMPTY_ITEMS = new EmptyItems();

  private final ConfigurableApplicationContext context;
  private final ProducerTemplate template;

  /**
   * @param databaseUrl as in {@code DATABASE_URL}
   * @param settings properties that differ from application.yaml
   */
  WholeCaravan(String databaseUrl, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("caravan.database-url", databaseUrl);
    all.put("caravan.encryption-key", "0123456789abcdef".repeat(4));
    all.put("caravan.api-token", "token-of-the-bench");
    all.put("caravan.admin-password", "admin-password");
    all.put("caravan.pipelines.valuesync.cron", "off");
    all.put(
        "camel.main.routes-include-pattern",
        "file:routes/*.camel.yaml,file:routes/shared/*.camel.yaml,classpath:bench/*.camel.yaml");
    all.put("server.port", "0");
    all.put(
        "spring.autoconfigure.exclude",
        "org.springframework.boot.autoconfigure.batch.BatchAutoConfiguration");
    // Two of them in one process would meet under the same names.
    all.put("spring.jmx.enabled", "false");
    all.put("hawtio.enabled", "false");
    all.put("logging.level.root", "WARN");
    all.putAll(settings);
    SpringApplication application = new SpringApplication(Caravan.class);
    application.addInitializers(
        starting -> starting.getBeanFactory().registerSingleton("emptyItems", EMPTY_ITEMS));
    context =
        application.run(
            all.entrySet().stream()
                .flatMap(setting -> Stream.of("--" + setting.getKey() + "=" + setting.getValue()))
                .toArray(String[]::new));
    template = context.getBean(ProducerTemplate.class);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Records a run, works it off on the calling thread, and answers how it stands then. */
  Run run(String pipeline, RunRequest request) {
    Runs runs = bean(Runs.class);
    Run asked = runs.request(pipeline, "cli", request, null);
    template.requestBody("direct:run-start", asked.id());
    return runs.get(asked.id());
  }

  @Override
  public void close() {
    context.close();
  }
}
