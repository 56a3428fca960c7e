package io.caravan;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * The whole of Caravan on embedded PostgreSQL; every test with this annotation shares one context,
 * and has it for itself while it runs.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("the shared context")
@SpringBootTest(
    classes = Caravan.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      TestSettings.OWN_DATABASE + "=true",
      // Only the benchmarks use Spring Batch.
      "spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.batch.BatchAutoConfiguration",
      "caravan.encryption-key=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
      "caravan.api-token=" + CaravanTest.TOKEN,
      "caravan.admin-password=" + CaravanTest.ADMIN_PASSWORD,
      "caravan.sync-secret-key=" + CaravanTest.SYNC_SECRET,
      "caravan.pipelines.valuesync.cron=off",
      "caravan.pipelines.schemasync.cron=off",
      "caravan.pipelines.sheetsync.cron=off",
      "caravan.pipelines.connectorsync.cron=off",
      "caravan.pipelines.connectorsync.items-per-lane=2",
      "caravan.cron-secret=" + CaravanTest.CRON_SECRET,
      "caravan.connectorsync.allow-private-addresses=true",
      "caravan.connectorsync.types=target/connector-types",
      "caravan.connectorsync.folders=target/connector-files",
      "caravan.pipelines.valuesync.item-timeout=10s",
      "caravan.run.first-backoff-ms=50",
      "caravan.run.last-backoff-ms=200",
      "caravan.run.lease=3s",
      "caravan.slack.first-backoff=100ms",
      "caravan.blue.poll-interval=100ms",
      "caravan.blue.connect-timeout-ms=500",
      "caravan.blue.answer-timeout-ms=3000",
      "caravan.blue.most-unreachable=20",
      // Spring Boot switches it off in tests.
      "management.prometheus.metrics.export.enabled=true"
    })
public @interface CaravanTest {
  String TOKEN = "token-of-the-tests";
  String ADMIN_PASSWORD = "admin-password";
  String SYNC_SECRET = "secret-of-blue-and-green";
  String CRON_SECRET = "secret-of-the-clocks";
}
