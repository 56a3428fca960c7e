package io.caravan;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Closes the shared context after the last test. At the JVM's end, where Spring would do it, the
 * database is stopped at the same time, and Quartz waits for it.
 */
final class ContextEnd implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext test) {
    ConfigurableApplicationContext shared =
        (ConfigurableApplicationContext) SpringExtension.getApplicationContext(test);
    test.getRoot()
        .getStore(Namespace.create(ContextEnd.class))
        .getOrComputeIfAbsent(shared, key -> (CloseableResource) key::close);
  }
}
