package io.caravan.setting;

import java.util.List;

/**
 * Caravan cannot start as it was told to. One message names everything that is wrong and holds no
 * value of a setting.
 */
public final class SettingsException extends RuntimeException {
  public SettingsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.getFirst()
            : "%d settings are missing or wrong:%n  - %s"
                .formatted(problems.size(), String.join("%n  - ".formatted(), problems)));
  }
}
