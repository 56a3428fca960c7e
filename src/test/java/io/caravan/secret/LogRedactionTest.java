package io.caravan.secret;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogRedactionTest {
  @Test
  void neitherMessagesNorStackTracesShowSecrets() {
    Redactor redactor = new Redactor();
    redactor.register("registered-secret");
    new LogRedaction(redactor);
    LoggerContext context = new LoggerContext();
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout
        .getInstanceConverterMap()
        .putAll(
            Map.of("safeMsg", LogRedaction.Message::new, "safeEx", LogRedaction.StackTrace::new));
    layout.setPattern("%safeMsg%n%safeEx");
    layout.start();
    LoggingEvent event =
        new LoggingEvent(
            "here",
            context.getLogger("test"),
            Level.ERROR,
            "connecting to postgres://joe:hidden@host/db with registered-secret",
            new IllegalStateException(
                "password=hidden", new IllegalStateException("registered-secret")),
            null);
    assertThat(layout.doLayout(event))
        .contains("connecting to postgres://***@host/db", "IllegalStateException")
        .doesNotContain("hidden", "registered-secret");
  }
}
