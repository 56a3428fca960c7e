package io.caravan.schemasync;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.schemasync.TypeVerdict.Kind;
import io.caravan.schemasync.VerdictMemory.Question;
import io.caravan.source.SourceType;
import io.caravan.source.ValueKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VerdictMemoryTest {
  private final VerdictMemory memory = new VerdictMemory();
  private final AtomicInteger answers = new AtomicInteger();

  @Test
  void theSameQuestionIsAnsweredOnce() {
    ask(SourceType.MYSQL, "int", null);
    ask(SourceType.MYSQL, "int", null);

    assertThat(answers).hasValue(1);
  }

  @Test
  void anotherVendorSpellingOrKindIsAnotherQuestion() {
    ask(SourceType.MYSQL, "int", null);
    ask(SourceType.DUCKDB, "int", null);
    ask(SourceType.MYSQL, "INT", null);
    ask(SourceType.MYSQL, "int", ValueKind.NUMBER);

    assertThat(answers).hasValue(4);
  }

  @Test
  void neitherLongNorManyQuestionsFillIt() {
    for (int i = 0; i < 12_000; i++) {
      ask(SourceType.MYSQL, "varchar(" + i + ")", null);
    }
    assertThat(memory.size()).isLessThanOrEqualTo(5_000);
    long before = memory.size();
    ask(SourceType.MYSQL, "x".repeat(201), null);

    assertThat(memory.size()).isEqualTo(before);
  }

  private void ask(SourceType dialect, String expected, ValueKind kind) {
    memory.verdict(
        new Question(dialect, expected, "int(11)", kind),
        () -> new TypeVerdict(Kind.SAME, "answer " + answers.incrementAndGet()));
  }
}
