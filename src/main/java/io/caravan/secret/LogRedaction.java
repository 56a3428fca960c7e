package io.caravan.secret;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.stereotype.Component;

/**
 * Puts the {@link Redactor} between every log line and its appender (PF-06); logback-spring.xml
 * names the converters.
 */
@Component
final class LogRedaction {
  // Logback makes its converters itself and before any bean exists, so they look here.
  private static volatile Redactor redactor = new Redactor();

  LogRedaction(Redactor redactor) {
    LogRedaction.redactor = redactor;
  }

  /** {@code %safeMsg}: the message without secrets. */
  public static final class Message extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return redactor.redact(super.convert(event));
    }
  }

  /** {@code %safeEx}: the stack trace without secrets. */
  public static final class StackTrace extends ExtendedWhitespaceThrowableProxyConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return redactor.redact(super.convert(event));
    }
  }
}
