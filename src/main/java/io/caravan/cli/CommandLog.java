package io.caravan.cli;

import org.slf4j.LoggerFactory;

/** The log of a command that does without Spring: Logback alone would write all to the report. */
final class CommandLog {
  private static final String SETTING = "logback.configurationFile";

  private CommandLog() {}

  /** Warnings go to standard error. Of no effect when something was logged before. */
  static void toStandardError() {
    System.setProperty(SETTING, "logback-command.xml");
    try {
      LoggerFactory.getILoggerFactory();
    } finally {
      System.clearProperty(SETTING);
    }
  }
}
