package io.caravan.cli;

import io.caravan.run.Run;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on standard error when a person looks at a terminal, and nothing in a pipe. */
final class Progress implements AutoCloseable {
  private final ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  static Progress onTerminal(String pipeline) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return new Progress(
        terminal
            ? new ProgressBarBuilder()
                .setTaskName(pipeline)
                .setInitialMax(1)
                .continuousUpdate()
                .setConsumer(new me.tongfei.progressbar.ConsoleProgressBarConsumer(System.err))
                .build()
            : null);
  }

  void show(Run run) {
    if (bar != null && run.counts().total() > 0) {
      bar.maxHint(run.counts().total());
      bar.stepTo(run.counts().finished());
      bar.setExtraMessage(run.counts().failed() > 0 ? run.counts().failed() + " failed" : "");
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
