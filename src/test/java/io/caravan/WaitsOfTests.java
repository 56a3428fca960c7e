package io.caravan;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Keeps a wait of one test from failing because a thread of another test died: classes run two at a
 * time, and Awaitility counts the uncaught exceptions of the whole JVM unless told otherwise.
 */
public final class WaitsOfTests implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
