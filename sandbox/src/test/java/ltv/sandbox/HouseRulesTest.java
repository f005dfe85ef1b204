package ltv.sandbox;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ltv.dataset.Repository;
import org.junit.jupiter.api.Test;

/** What holds in the code of every module that is built before this one. */
class HouseRulesTest {
  private static final List<String> MODULES =
      List.of("common", "ingest-job", "cleanse-job", "process-job", "calculate-job", "sandbox");
  private static final int LONGEST_FILE = 300;
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .importPaths(
              MODULES.stream()
                  .map(m -> Repository.root().resolve(m + "/target/classes"))
                  .toArray(Path[]::new));

  @Test
  void packages_do_not_depend_on_each_other_in_circles() {
    slices().matching("ltv.(*)..").should().beFreeOfCycles().check(CODE);
    slices().matching("ltv.calculate.(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void what_jobs_share_knows_no_job_and_jobs_know_no_other() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "ltv.run..",
            "ltv.config..",
            "ltv.lake..",
            "ltv.engine..",
            "ltv.dataset..",
            "ltv.watch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ltv.ingest..", "ltv.cleanse..", "ltv.process..", "ltv.calculate..")
        .check(CODE);
    for (String job : Repository.JOBS) {
      noClasses()
          .that()
          .resideInAPackage("ltv." + job + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              Repository.JOBS.stream()
                  .filter(other -> !other.equals(job))
                  .map(other -> "ltv." + other + "..")
                  .toArray(String[]::new))
          .check(CODE);
    }
  }

  @Test
  void no_class_takes_the_time_from_anything_but_a_clock_that_it_was_given() {
    Set<String> askers = Set.of("now", "currentTimeMillis");
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "asks the machine's clock",
                (JavaMethodCall call) ->
                    askers.contains(call.getName())
                        && call.getTarget().getOwner().getPackageName().startsWith("java.")
                        && call.getTarget().getRawParameterTypes().stream()
                            .noneMatch(p -> p.getName().equals("java.time.Clock"))))
        .check(CODE);
    assertTrue(CODE.contain("ltv.run.JobMain"), "the rules looked at something");
  }

  @Test
  void no_drawer_for_what_belongs_nowhere() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(CODE);
  }

  @Test
  void every_package_is_explained_and_no_file_is_too_long_to_be_one_story() throws IOException {
    for (String module : MODULES) {
      Path sources = Repository.root().resolve(module + "/src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          assertTrue(
              Files.exists(file.resolveSibling("package-info.java")),
              () -> file.getParent() + " has no package-info.java");
          long lines = Files.readString(file).lines().count();
          assertTrue(lines <= LONGEST_FILE, () -> file + " has " + lines + " lines");
        }
      }
    }
  }
}
