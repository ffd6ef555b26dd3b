package dev.phial.kms.pkcs11;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;
import dev.phial.kms.KmsUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The slots of a module that SunPKCS11 has loaded and initialised. The JDK can choose a slot by number only, and a token's
 * slot number may change with each start: so this asks the module itself, by two functions of its standard table
 * (PKCS#11 v2.40, CK_FUNCTION_LIST).
 */
final class Slots {
  private static final int GET_SLOT_LIST = 4;
  private static final int GET_TOKEN_INFO = 6;

  /** CK_TOKEN_INFO begins with the label: 32 bytes, padded with blanks. The rest has less than this. */
  private static final int TOKEN_INFO_BYTES = 512;

  private static final int LABEL_BYTES = 32;
  private static final byte TOKEN_PRESENT = 1;

  private final String name;
  private final Pointer functions;

  Slots(String name, Path library) {
    this.name = name;
    PointerByReference table = new PointerByReference();
    NativeLibrary module = NativeLibrary.getInstance(library.toString());
    check("C_GetFunctionList", module.getFunction("C_GetFunctionList").invokeInt(new Object[] {table
    }));
    this.functions = table.getValue();
  }

  /** The number of the one slot whose token has a label. Tells the labels there are when none has. */
  long withLabel(String label) {
    TreeSet<String> labels = new TreeSet<>();
    OptionalLong found = OptionalLong.empty();
    for (long slot : slots()) {
      String other = label(slot);
      labels.add(other);
      if (other.equals(label)) {
        if (found.isPresent()) {
          throw KmsUnavailableException.lasting("kms '" + name + "': two tokens have the label '"
              + label + "'; choose with slot_index");
        }
        found = OptionalLong.of(slot);
      }
    }
    if (found.isEmpty()) {
      throw KmsUnavailableException.passing("kms '" + name + "': no token has the label '" + label
          + "'; there are: " + String.join(", ", labels));
    }
    return found.getAsLong();
  }

  private long[] slots() {
    NativeLongByReference count = new NativeLongByReference();
    check("C_GetSlotList", call(GET_SLOT_LIST, TOKEN_PRESENT, Pointer.NULL, count));
    int slots = count.getValue().intValue();
    if (slots == 0) {
      return new long[0];
    }
    Memory list = new Memory((long) slots * NativeLong.SIZE);
    check("C_GetSlotList", call(GET_SLOT_LIST, TOKEN_PRESENT, list, count));
    long[] numbers = new long[Math.min(slots, count.getValue().intValue())];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = list.getNativeLong((long) i * NativeLong.SIZE).longValue();
    }
    return numbers;
  }

  /** A token that left between two calls has no label. */
  private String label(long slot) {
    Memory info = new Memory(TOKEN_INFO_BYTES);
    return call(GET_TOKEN_INFO, new NativeLong(slot), info) == 0
        ? new String(info.getByteArray(0, LABEL_BYTES), StandardCharsets.UTF_8).strip()
        : "";
  }

  /** The table holds a version and then the functions, each aligned as a pointer is. */
  private int call(int function, Object... arguments) {
    Pointer address = functions.getPointer((long) (1 + function) * Native.POINTER_SIZE);
    return Function.getFunction(address).invokeInt(arguments);
  }

  private void check(String function, int result) {
    if (result != 0) {
      throw KmsUnavailableException.passing(
          String.format("kms '%s': the PKCS#11 module answers 0x%x to %s", name, result, function));
    }
  }
}
