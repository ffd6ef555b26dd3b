package dev.phial.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the directions of ARCHITECTURE.md, over every module of the product. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String G = "dev.phial.gateway.";
  private static final String[] CHANNELS = {
    G + "http..", G + "grpc..", G + "management..", G + "logs.."
  };

  private final JavaClasses product = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .withImportOption(location -> !location.contains("/dev/phial/proto/"))
      .importPackages("dev.phial");

  static Stream<Arguments> rules() {
    return Stream.of(
            noClasses()
                .that()
                .resideInAPackage(G + "engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    G + "http..",
                    G + "grpc..",
                    G + "logs..",
                    G + "management..",
                    G + "transform..",
                    G + "auth..",
                    G + "tls..",
                    G + "cli..")
                .because("the engine knows no channel"),
            noClasses()
                .that()
                .resideInAPackage(G + "http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    G + "grpc..",
                    G + "logs..",
                    G + "management..",
                    G + "keys..",
                    G + "store..",
                    G + "cli..",
                    G + "demo..")
                .because("channels do not know each other, and reach keys only through the engine"),
            noClasses()
                .that()
                .resideInAPackage(G + "grpc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    G + "http..",
                    G + "logs..",
                    G + "management..",
                    G + "transform..",
                    G + "store..",
                    G + "cli..",
                    G + "demo..")
                .because("channels do not know each other"),
            noClasses()
                .that()
                .resideInAPackage(G + "logs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    G + "http..",
                    G + "grpc..",
                    G + "management..",
                    G + "transform..",
                    G + "engine..",
                    G + "keys..",
                    G + "store..",
                    G + "cli..",
                    G + "demo..",
                    "dev.phial.crypto..")
                .because("the log gateway masks through the masker it is given, and knows no keys"),
            noClasses()
                .that()
                .resideInAPackage(G + "logs.buffer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.phial.masking..", "io.netty..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(G + "logs.intake..", G + "logs.net..", G + "logs.forward..")
                .because(
                    "the buffer takes parcels, which only the intake makes of what was masked"),
            noClasses()
                .that()
                .resideOutsideOfPackages(G + "logs.intake..", G + "logs.buffer..")
                .should()
                .callMethod(
                    dev.phial.gateway.logs.buffer.DiskBuffer.class,
                    "append",
                    dev.phial.gateway.logs.buffer.Parcel.class)
                .because("only the intake fills the buffer, after masking"),
            noClasses()
                .that()
                .resideInAPackage(G + "transform..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "io.netty..",
                    "io.grpc..",
                    G + "http..",
                    G + "grpc..",
                    G + "keys..",
                    G + "store..",
                    "dev.phial.crypto..")
                .because("bodies are rewritten without a network and without keys"),
            noClasses()
                .that()
                .resideInAnyPackage(G + "policy..", G + "identity..", G + "yaml..", G + "audit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CHANNELS)
                .because("the ground knows nothing of what stands on it"),
            noClasses()
                .that()
                .resideInAnyPackage(
                    G + "policy..",
                    G + "identity..",
                    G + "yaml..",
                    G + "audit..",
                    G + "keys..",
                    G + "store..",
                    G + "evidence..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(G + "engine..", G + "admin..", G + "observe..")
                .because("the ground knows nothing of what stands on it"),
            noClasses()
                .that()
                .resideOutsideOfPackages(G + "cli..", G + "demo..", "dev.phial.gateway")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(G + "cli..", G + "demo..", "dev.phial.gateway")
                .because("only the command line knows the whole"),
            noClasses()
                .that()
                .resideInAPackage("dev.phial.crypto..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "dev.phial.kms..", "dev.phial.gateway..", "io..", "com..", "org.slf4j..")
                .because("the crypto library stands on the FIPS module and the JDK alone"),
            noClasses()
                .that()
                .resideOutsideOfPackage("dev.phial.crypto..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                    "dev\\.phial\\.crypto\\.(fips\\.(Aes.*|Hmac.*|CounterKdf|Hkdf)|key\\.KeyAccess|pool\\..*)")
                .because("key bytes and bare primitives stay inside the crypto library"),
            classes()
                .that()
                .resideInAPackage("dev.phial.kms")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.net.ssl..", "dev.phial.kms", "org.jspecify..")
                .because("the SPI depends on the JDK only"),
            classes()
                .that()
                .resideInAPackage("dev.phial.masking..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "dev.phial.masking..", "org.jspecify..")
                .because("masking depends on the JDK only"),
            noClasses()
                .that()
                .resideInAPackage("dev.phial.masking..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.util.regex..")
                .because("the masking engine knows no network, and no pattern that backtracks"),
            confined(
                "io.netty..",
                G + "http..",
                G + "logs..",
                "dev.phial.gateway",
                G + "grpc..",
                G + "tls..",
                G + "cli.."),
            confined(
                "io.grpc..",
                G + "grpc..",
                G + "logs.otlp..",
                G + "cli..",
                G + "demo..",
                G + "tls.."),
            confined("org.msgpack..", G + "logs.fluent.."),
            confined("io.opentelemetry..", G + "logs.."),
            confined("dev.phial.proto..", G + "grpc..", G + "cli..", G + "demo.."),
            confined(
                "com.fasterxml.jackson..",
                G + "logs.web..",
                G + "logs.otlp..",
                G + "transform..",
                G + "audit..",
                G + "http..",
                G + "cli..",
                G + "demo..",
                "dev.phial.kms.rest..",
                "dev.phial.kms.testkit.."),
            confined("javax.crypto..", "dev.phial.crypto..", "dev.phial.kms.."),
            confined(
                "dev.phial.crypto.deid..", "dev.phial.crypto..", G + "policy..", G + "engine.."),
            confined(
                "dev.phial.crypto.index..", "dev.phial.crypto..", G + "policy..", G + "engine.."),
            confined("java.sql..", G + "store.."),
            confined("org.sqlite..", G + "store.."),
            confined("org.postgresql..", G + "store.."),
            confined("com.zaxxer..", G + "store.."),
            confined("org.flywaydb..", G + "store.."),
            noClasses()
                .that()
                .resideInAPackage(G + "store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(G + "config..", G + "tls..", G + "keys..", G + "policy..")
                .because("the store keeps rows, and knows nobody who reads them"),
            classes()
                .that()
                .resideInAPackage(G + "evidence..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.phial.crypto.fips..",
                    G + "auth..",
                    G + "evidence..")
                .because("who signs does not know what is stated"),
            confined("com.nimbusds..", G + "auth.."),
            confined("org.snakeyaml..", G + "yaml.."),
            confined("info.picocli..", G + "cli..", G + "demo.."),
            confined("io.micrometer..", G + "observe..", "dev.phial.gateway"),
            confined("software.amazon..", "dev.phial.kms.aws.."),
            confined("io.github.jopenlibs..", "dev.phial.kms.vault.."),
            confined("com.sun.jna..", "dev.phial.kms.pkcs11.."),
            confined("io.github.resilience4j..", "dev.phial.kms.resilience.."),
            noClasses()
                .that()
                .resideInAPackage("dev.phial.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "dev.phial.kms.local..",
                    "dev.phial.kms.aws..",
                    "dev.phial.kms.pkcs11..",
                    "dev.phial.kms.vault..",
                    "dev.phial.kms.kmip..",
                    "dev.phial.kms.gcp..",
                    "dev.phial.kms.azure..",
                    "dev.phial.kms.rest..")
                .because("adapters are found at run time"),
            slices()
                .matching("dev.phial.gateway.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a cycle is one package with two names"),
            slices().matching("dev.phial.crypto.(*)..").should().beFreeOfCycles(),
            slices()
                .matching("dev.phial.kms.(*)..")
                .namingSlices("adapter $1")
                .that(DescribedPredicate.describe(
                    "are adapters",
                    slice -> !slice.getDescription().matches("adapter (testkit|rest)")))
                .should()
                .notDependOnEachOther()
                .because("adapters share the SPI and nothing else"),
            noClasses()
                .that()
                .resideOutsideOfPackages(G + "cli..", G + "demo..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .because("only the command line talks to the terminal"),
            noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .because("chance comes from the FIPS module, and time from outside"),
            noClasses()
                .that()
                .resideOutsideOfPackages(G + "cli..", G + "demo..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("time comes in from outside, as a Clock"),
            noClasses()
                .that()
                .resideInAnyPackage(G + "http..", G + "logs..")
                .should()
                .callMethod(java.util.concurrent.CompletableFuture.class, "join")
                .orShould()
                .callMethod(java.util.concurrent.CompletableFuture.class, "get")
                .because("an event loop never waits"))
        .map(Arguments::of);
  }

  private static ArchRule confined(String types, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(types)
        .because(types + " is confined to " + String.join(", ", packages));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_product_keeps_the_rule(ArchRule rule) {
    rule.allowEmptyShould(true).check(product);
  }

  @Test
  void every_package_is_null_marked() {
    assertThat(product.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName))
        .isEmpty();
  }

  @Test
  void the_rules_can_fail() {
    JavaClasses everything =
        new ClassFileImporter().importClasses(ArchitectureTest.class, Planted.class);
    EvaluationResult result = noClasses()
        .should()
        .dependOnClassesThat(DescribedPredicate.describe(
            "are Random", c -> c.isEquivalentTo(java.util.Random.class)))
        .evaluate(everything);
    assertThat(result.hasViolation()).isTrue();
  }

  /** Breaks a rule, so that the rules are known to see. */
  static final class Planted {
    final java.util.Random random = new java.util.Random(1);
  }
}
