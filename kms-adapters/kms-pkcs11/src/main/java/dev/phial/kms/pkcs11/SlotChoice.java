package dev.phial.kms.pkcs11;

/** Which token of a module. */
sealed interface SlotChoice {

  /** The token with a label, wherever it is plugged in. */
  record ByLabel(String label) implements SlotChoice {}

  /** The slot at a place in the module's list, from 0. */
  record ByIndex(int index) implements SlotChoice {}
}
