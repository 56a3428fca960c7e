package io.caravan.schemasync;

import io.caravan.source.SourceType;
import io.caravan.source.ValueKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Verdicts that were given before: a run asks the same few questions for thousands of columns. It
 * never grows beyond some megabytes, whatever stands in customers' YAML.
 */
final class VerdictMemory {
  private static final int MOST = 5_000;

  /** A wide struct is asked once, not kept. */
  private static final int LONGEST = 200;

  private final Map<Question, TypeVerdict> verdicts = new ConcurrentHashMap<>();

  /** What was asked, exactly as it was spelled. */
  record Question(SourceType dialect, String expected, String actual, ValueKind kind) {
    boolean isLong() {
      return expected.length() > LONGEST || actual.length() > LONGEST;
    }
  }

  TypeVerdict verdict(Question question, Supplier<TypeVerdict> answer) {
    TypeVerdict known = verdicts.get(question);
    if (known != null || question.isLong()) {
      return known == null ? answer.get() : known;
    }
    if (verdicts.size() >= MOST) {
      verdicts.clear();
    }
    TypeVerdict verdict = answer.get();
    verdicts.put(question, verdict);
    return verdict;
  }

  int size() {
    return verdicts.size();
  }
}
