package io.caravan.setting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows what is wrong with the settings as text instead of a stack trace. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, SettingsException cause) {
    return new FailureAnalysis(
        cause.getMessage(), "See \"Settings\" in README.md; nothing was started.", cause);
  }
}
