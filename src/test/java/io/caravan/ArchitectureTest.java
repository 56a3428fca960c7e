package io.caravan;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.caravan");

  /** Small classes that each break one rule, laid out like the product. */
  private static final JavaClasses WRONG =
      new ClassFileImporter().importPackages("io.caravan.wrong");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("io.caravan");

  private static final ArchRule NO_TEST_SLEEPS =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class)
          .because("a test that waits for a time is slow on a good day and wrong on a bad one");

  static Stream<String> rules() {
    return new Architecture("io.caravan").rules().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(String rule) {
    new Architecture("io.caravan").rules().get(rule).check(PRODUCT);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void noticesAClassThatBreaksIt(String rule) {
    Map<String, ArchRule> rules = new Architecture("io.caravan.wrong").rules();

    assertThat(rules.get(rule).evaluate(WRONG).hasViolation()).as(rule).isTrue();
  }

  @Test
  void theSmallestProductIsThere() {
    assertThat(PRODUCT.stream().map(type -> type.getPackageName()))
        .contains("io.caravan", "io.caravan.failure", "io.caravan.run", "io.caravan.source");
  }

  @Test
  void noTestSleeps() {
    NO_TEST_SLEEPS.check(TESTS.that(not(resideInAPackage("io.caravan.wrong.."))));
    assertThat(NO_TEST_SLEEPS.evaluate(WRONG).hasViolation()).isTrue();
  }
}
