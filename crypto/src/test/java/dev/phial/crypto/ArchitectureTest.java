package dev.phial.crypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.phial.crypto.fips.AesBlocks;
import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyAccess;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** What would be a hole if it were not so. */
@AnalyzeClasses(packages = "dev.phial.crypto", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule GCM_IS_IN_ONE_CLASS = noClasses()
      .that()
      .doNotHaveFullyQualifiedName(AesGcm.class.getName())
      .should()
      .dependOnClassesThat()
      .areAssignableTo(GCMParameterSpec.class)
      .because("the module accepts a repeated IV (threat T1)");

  @ArchTest
  static final ArchRule GCM_IS_FOR_THE_ENVELOPE = noClasses()
      .that()
      .resideOutsideOfPackages(
          "dev.phial.crypto.envelope", "dev.phial.crypto.portable", "dev.phial.crypto.fips")
      .should()
      .dependOnClassesThat()
      .areAssignableTo(AesGcm.class)
      .because("they alone make nonces, each message's under a key of its own");

  @ArchTest
  static final ArchRule RAW_BLOCKS_ARE_FOR_DERIVATION_AND_FF1 = noClasses()
      .that()
      .resideOutsideOfPackages(
          "dev.phial.crypto.envelope", "dev.phial.crypto.fpe", "dev.phial.crypto.fips")
      .should()
      .dependOnClassesThat()
      .areAssignableTo(AesBlocks.class)
      .because("ECB is not for data");

  @ArchTest
  static final ArchRule KEY_MATERIAL_IS_TOUCHED_IN_LISTED_PACKAGES = noClasses()
      .that()
      .resideOutsideOfPackages(
          "dev.phial.crypto.key",
          "dev.phial.crypto.envelope",
          "dev.phial.crypto.portable",
          "dev.phial.crypto.token",
          "dev.phial.crypto.deid",
          "dev.phial.crypto.index",
          "dev.phial.crypto.vaulted")
      .should()
      .dependOnClassesThat()
      .areAssignableTo(KeyAccess.class);

  @ArchTest
  static final ArchRule CIPHERS_ARE_IN_LISTED_PACKAGES = noClasses()
      .that()
      .resideOutsideOfPackages("dev.phial.crypto.fips", "dev.phial.crypto.fpe")
      .should()
      .dependOnClassesThat()
      .areAssignableTo(Cipher.class);

  @ArchTest
  static final ArchRule THE_MODULE_KNOWS_NOBODY_ABOVE_IT = noClasses()
      .that()
      .resideInAPackage(FipsModule.class.getPackageName())
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
          "dev.phial.crypto.key..",
          "dev.phial.crypto.envelope..",
          "dev.phial.crypto.fpe..",
          "dev.phial.crypto.token..",
          "dev.phial.crypto.deid..",
          "dev.phial.crypto.index..");

  @ArchTest
  static final ArchRule DEIDENTIFICATION_ASKS_NO_CLOCK = noClasses()
      .that()
      .resideInAPackage("dev.phial.crypto.deid")
      .should()
      .callMethod(java.time.LocalDate.class, "now")
      .because("today comes in from outside");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.phial.crypto.(*)..").should().beFreeOfCycles();
}
