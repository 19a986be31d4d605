package email.daimon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What may use what. The words are the ones of CONTRIBUTING. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("email.daimon");
  private static final String[] SHARED_MODEL = {
    "email.daimon",
    "email.daimon.mime..",
    "email.daimon.understand..",
    "email.daimon.thread..",
    "email.daimon.model..",
    "email.daimon.policy..",
    "email.daimon.wire..",
    "email.daimon.compose.."
  };

  @Test
  void sharedModelKnowsNoCloudNoHttpNoClockNoFiles() {
    noClasses()
        .that()
        .resideInAnyPackage(SHARED_MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "email.daimon.functions..",
            "email.daimon.local..",
            "software.amazon..",
            "com.amazonaws..",
            "java.net.http..",
            "java.nio.file..",
            "org.eclipse.jetty..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAnyPackage(SHARED_MODEL)
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "getenv")
        .check(HOUSE);
  }

  @Test
  void onlyComposingUsesTheLibrariesThatWriteMail() {
    noClasses()
        .that()
        .resideOutsideOfPackage("email.daimon.compose..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.james.mime4j..", "org.owasp.html..")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAnyPackage(
            "email.daimon.mime..",
            "email.daimon.thread..",
            "email.daimon.understand..",
            "email.daimon.policy..",
            "email.daimon.model..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("email.daimon.compose..")
        .check(HOUSE);
  }

  @Test
  void functionsKnowNothingOfLocalMode() {
    noClasses()
        .that()
        .resideInAPackage("email.daimon.functions..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("email.daimon.local..", "email.daimon.bench..", "org.eclipse.jetty..")
        .check(HOUSE);
  }

  @Test
  void functionsDoNotReachIntoEachOther() {
    for (String function : new String[] {"inbound", "jobs", "sweep", "api", "admin"}) {
      noClasses()
          .that()
          .resideInAPackage("email.daimon.functions." + function + "..")
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<>("belong to another function") {
                @Override
                public boolean test(JavaClass used) {
                  return used.getPackageName()
                          .matches(
                              "email\\.daimon\\.functions\\.(inbound|jobs|sweep|api|admin|wait)(\\..*)?")
                      && !used.getPackageName().startsWith("email.daimon.functions." + function);
                }
              })
          .allowEmptyShould(true)
          .check(HOUSE);
    }
  }

  @Test
  void theStoreKnowsNoHandler() {
    noClasses()
        .that()
        .resideInAPackage("email.daimon.functions.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "email.daimon.functions.inbound..",
            "email.daimon.functions.jobs..",
            "email.daimon.functions.sweep..",
            "email.daimon.functions.api..",
            "email.daimon.functions.admin..",
            "email.daimon.functions.billing..",
            "com.amazonaws.services.lambda..")
        .check(HOUSE);
  }

  @Test
  void whatComesBackOfAMailKnowsNoHandler() {
    noClasses()
        .that()
        .resideInAPackage("email.daimon.functions.reports..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "email.daimon.functions.inbound..",
            "email.daimon.functions.sesevents..",
            "email.daimon.functions.send..",
            "email.daimon.functions.api..",
            "com.amazonaws.services.lambda..")
        .check(HOUSE);
  }

  @Test
  void nothingIsKeptInStaticState() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAnyPackage("email.daimon..")
        .and(
            new DescribedPredicate<>("are static") {
              @Override
              public boolean test(JavaField field) {
                return field.getModifiers().contains(JavaModifier.STATIC)
                    && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
              }
            })
        .should()
        .beFinal()
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void everyExceptionOfOursHasOneRoot() {
    classes()
        .that()
        .areAssignableTo(RuntimeException.class)
        .should()
        .beAssignableTo(DaimonException.class)
        .check(HOUSE);
  }

  @Test
  void everyPackageSaysWhatLivesThere() {
    var withInfo =
        HOUSE.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    var all = HOUSE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(withInfo).containsAll(all);
  }
}
