package io.caravan;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.Slice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which package may know which. Arrows point one way: entrances, then pipelines, then what
 * pipelines share.
 *
 * <p>A package directly below the root that is none of the known ones is a pipeline. So a new
 * pipeline obeys its rules from its first class on, and a mistyped name in this list makes a rule
 * fail instead of sleep.
 */
final class Architecture {
  /** Turn what comes from outside into calls of the packages below. */
  static final Set<String> ENTRANCES = Set.of("access", "camel", "cli", "console");

  /** What two pipelines or more need. */
  static final Set<String> SHARED =
      Set.of(
          "failure",
          "setting",
          "secret",
          "request",
          "run",
          "source",
          "slack",
          "alert",
          "paging",
          "reach",
          "connection",
          "airtable",
          "sheets");

  private static final String SANDBOX = "sandbox";

  private final String root;

  /**
   * @param root the package above all, without a dot at its end
   */
  Architecture(String root) {
    this.root = root;
  }

  /**
   * All rules by a short name. A rule may find no class of its kind yet; {@link ArchitectureTest}
   * shows that it bites.
   */
  Map<String, ArchRule> rules() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put(
        "camel",
        noClasses()
            .that(resideOutsideOf("camel"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..")
            .because(
                "decisions are tested without a route and survive a change of Camel; movement"
                    + " belongs into routes/ and what Camel needs in Java belongs into"
                    + " io.caravan.camel"));
    rules.put(
        "pipelines",
        slices()
            .matching(root + ".(*)..")
            .that(describe("are pipelines", slice -> isPipeline(slice)))
            .should()
            .notDependOnEachOther()
            .because(
                "a pipeline can be read, changed and removed alone; what two of them share moves"
                    + " down"));
    rules.put(
        "shared",
        noClasses()
            .that(resideIn(SHARED))
            .should()
            .dependOnClassesThat(describe("belong to a pipeline", this::inPipeline))
            .because("the sixth pipeline is added without touching what the five share"));
    rules.put(
        "entrances",
        noClasses()
            .that(resideIn(SHARED).or(describe("belong to a pipeline", this::inPipeline)))
            .should()
            .dependOnClassesThat(resideIn(ENTRANCES))
            .because("routes, web and command line call the decisions, never the other way round"));
    rules.put(
        "failure",
        noClasses()
            .that(resideIn(Set.of("failure")))
            .should()
            .dependOnClassesThat(
                resideInAPackage(root + "..").and(not(resideInAPackage(root + ".failure.."))))
            .because("every package says what went wrong, so the words for it depend on none"));
    rules.put(
        "ledger",
        noClasses()
            .that(resideIn(Set.of("run")))
            .should()
            .dependOnClassesThat(resideIn(Set.of("source")))
            .because(
                "not every pipeline reads a customer's database; the ledger knows work, not what it"
                    + " is about"));
    rules.put(
        "sandbox",
        noClasses()
            .that(resideOutsideOf(SANDBOX))
            .and(not(resideInAPackage(root)))
            .should()
            .dependOnClassesThat(resideIn(Set.of(SANDBOX)))
            .because("only the composition root may bring in what exists for the demo alone"));
    rules.put(
        "cycles",
        slices()
            .matching(root + ".(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one package"));
    rules.put(
        "stores",
        classes()
            .that()
            .resideInAPackage(root + "..")
            .and()
            .haveSimpleNameEndingWith("Store")
            .should()
            .notBePublic()
            .because(
                "SQL stays behind the class that knows what it means; other packages call that"
                    + " one"));
    rules.put(
        "standard streams",
        noClasses()
            .that(resideOutsideOf("cli"))
            .should(ACCESS_STANDARD_STREAMS)
            .because(
                "standard output carries a report that programs read; everything else is logged"));
    rules.put(
        "logging",
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because(
            "SLF4J is what the configured log listens to"));
    rules.put(
        "injection",
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.because(
            "a constructor shows what a class needs and a test can call it"));
    rules.replaceAll((name, rule) -> rule.allowEmptyShould(true));
    return rules;
  }

  private boolean isPipeline(Slice slice) {
    return slice.iterator().hasNext() && inPipeline(slice.iterator().next());
  }

  private boolean inPipeline(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(root + ".")) {
      return false;
    }
    String top = name.substring(root.length() + 1).split("\\.")[0];
    return !ENTRANCES.contains(top) && !SHARED.contains(top) && !SANDBOX.equals(top);
  }

  private DescribedPredicate<JavaClass> resideIn(Set<String> names) {
    return resideInAnyPackage(
        names.stream().sorted().map(name -> root + "." + name + "..").toArray(String[]::new));
  }

  private DescribedPredicate<JavaClass> resideOutsideOf(String name) {
    return resideInAPackage(root + "..").and(not(resideInAPackage(root + "." + name + "..")));
  }
}
