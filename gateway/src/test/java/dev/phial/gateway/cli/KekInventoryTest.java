package dev.phial.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phial.proto.v1.KeyState;
import dev.phial.proto.v1.KeyVersion;
import dev.phial.proto.v1.Keyset;
import java.util.List;
import org.junit.jupiter.api.Test;

class KekInventoryTest {
  private static final KekInventory INVENTORY = KekInventory.of(List.of(
      Keyset.newBuilder()
          .setTenant("north")
          .setKeysetId("01")
          .addVersions(version("aws/a", "1").setSecondKek("hsm/b").setSecondKekVersion("b#1"))
          .addVersions(version("aws/a", "1"))
          .build(),
      Keyset.newBuilder()
          .setTenant("south")
          .setKeysetId("02")
          .addVersions(version("hsm/b", "b#1"))
          .addVersions(version("local/gone", "1").setState(KeyState.KEY_STATE_DESTROYED))
          .build()));

  private static KeyVersion.Builder version(String kek, String kekVersion) {
    return KeyVersion.newBuilder()
        .setState(KeyState.KEY_STATE_ENABLED)
        .setKek(kek)
        .setKekVersion(kekVersion);
  }

  @Test
  void counts_a_data_key_under_each_of_its_keks_and_tells_which_hang_on_one_alone() {
    assertThat(INVENTORY.json().lines())
        .containsExactly(
            "{\"kek\":\"aws/a\",\"kek_version\":\"1\",\"tenants\":1,\"keysets\":1,\"data_keys\":2,\"alone\":1}",
            "{\"kek\":\"hsm/b\",\"kek_version\":\"b#1\",\"tenants\":2,\"keysets\":2,\"data_keys\":2,\"alone\":1}");
  }

  @Test
  void shows_the_same_as_a_table() {
    assertThat(INVENTORY.table().lines().map(line -> line.strip().split("\\s+")))
        .contains(
            new String[] {"aws/a", "1", "1", "1", "2", "1"},
            new String[] {"hsm/b", "b#1", "2", "2", "2", "1"})
        .hasSize(3);
  }
}
