package io.caravan.schemasync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.caravan.source.SourceType;
import io.caravan.source.ValueKind;
import java.util.function.Supplier;

/**
 * Verdicts that were given before: a run asks the same few questions for thousands of columns. It
 * never grows beyond some megabytes, whatever stands in customers' YAML.
 */
final class VerdictMemory {
  private static final int MOST = 5_000;

  /** A wide struct is asked once, not kept. */
  private static final int LONGEST = 200;

  private final Cache<Question, TypeVerdict> verdicts =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /** What was asked, exactly as it was spelled. */
  record Question(SourceType dialect, String expected, String actual, ValueKind kind) {
    boolean isLong() {
      return expected.length() > LONGEST || actual.length() > LONGEST;
    }
  }

  TypeVerdict verdict(Question question, Supplier<TypeVerdict> answer) {
    return question.isLong() ? answer.get() : verdicts.get(question, asked -> answer.get());
  }

  long size() {
    verdicts.cleanUp();
    return verdicts.estimatedSize();
  }
}
