package dev.phial.crypto;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.phial.crypto.fips.AesBlocks;
import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyAccess;
import java.security.Key;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

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

  /** Every class that may touch key material. Whoever adds one reviews it. */
  private static final Set<String> KEY_HANDLERS = Set.of(
      "deid.DateShift",
      "deid.KeyedHash",
      "envelope.Frames",
      "envelope.MessageKeys",
      "envelope.Sealing",
      "fpe.ComposedFf1",
      "fpe.ModuleFf1",
      "fpe.ModuleFf1$Lane",
      "index.BlindIndex",
      "key.DataKey",
      "key.Derivation",
      "key.KeptKey",
      "key.KeyAccess",
      "portable.PortableKey",
      "token.TokenizerFactory",
      "vaulted.VaultedCipher",
      "vaulted.VaultedLookup");

  @ArchTest
  static final ArchRule KEY_MATERIAL_IS_TOUCHED_BY_LISTED_CLASSES = noClasses()
      .that(notIn(KEY_HANDLERS))
      .should()
      .dependOnClassesThat()
      .areAssignableTo(KeyAccess.class)
      .because("there is one way to key bytes, and a list of those who go it");

  @ArchTest
  static final ArchRule NO_FIELD_HOLDS_A_KEY_OF_THE_JCA = noFields()
      .should()
      .haveRawType(assignableTo(Key.class))
      .because("a key in a field outlives its data key; KeptKey does not");

  @ArchTest
  static final ArchRule IVS_ARE_IN_ONE_CLASS = noClasses()
      .that()
      .doNotHaveFullyQualifiedName(AesGcm.class.getName())
      .should()
      .dependOnClassesThat()
      .areAssignableTo(IvParameterSpec.class)
      .because("an IV under another name is an IV (threat T1)");

  /** What compares public things, or answers of self-tests whose keys protect nothing. */
  private static final Set<String> PLAIN_COMPARERS = Set.of(
      "envelope.XaesSample",
      "fips.AesConsistency",
      "fips.GcmSample",
      "fpe.EngineAgreement",
      "fpe.ModuleFf1$Lane",
      "fpe.TweakState",
      "portable.MessageBody",
      "portable.MessageHeader",
      "portable.WrappedDataKey",
      "selftest.Ff1Vector",
      "selftest.FrozenAnswers",
      "selftest.KnownAnswers",
      "selftest.PublishedAnswers");

  @ArchTest
  static final ArchRule SECRETS_ARE_COMPARED_IN_CONSTANT_TIME = noClasses()
      .that(notIn(PLAIN_COMPARERS))
      .should()
      .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
      .orShould()
      .callMethod(
          Arrays.class,
          "equals",
          byte[].class,
          int.class,
          int.class,
          byte[].class,
          int.class,
          int.class)
      .orShould()
      .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class)
      .orShould()
      .callMethod(Arrays.class, "compare", byte[].class, byte[].class)
      .because(
          "tags, commitments and digests are compared with MessageDigest.isEqual (threat T14)");

  private static DescribedPredicate<JavaClass> notIn(Set<String> names) {
    return DescribedPredicate.describe(
        "are not one of " + names,
        type -> !names.contains(type.getName().substring("dev.phial.crypto.".length())));
  }

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
