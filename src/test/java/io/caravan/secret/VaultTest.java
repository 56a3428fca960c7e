package io.caravan.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.failure.Failure;
import io.caravan.failure.FailureKind;
import io.caravan.failure.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final String PLACE = "data_sources:1:password";
  private final String oldKey = Vault.newKey();
  private final String newKey = Vault.newKey();

  @Test
  void givesBackWhatItEncrypted() {
    Vault vault = new Vault(oldKey);

    byte[] encrypted = vault.encrypt("pä55 wörd 🐪", PLACE);

    assertThat(vault.decrypt(encrypted, PLACE)).isEqualTo("pä55 wörd 🐪");
    assertThat(encrypted).isNotEqualTo(vault.encrypt("pä55 wörd 🐪", PLACE));
  }

  @Test
  void readsTheOldKeysValuesAfterRotationInAnyOrder() {
    byte[] old = new Vault(oldKey).encrypt("before", PLACE);
    byte[] fresh = new Vault(newKey + " , " + oldKey).encrypt("after", PLACE);

    assertThat(new Vault(newKey + "," + oldKey).decrypt(old, PLACE)).isEqualTo("before");
    assertThat(new Vault(oldKey + "," + newKey).decrypt(fresh, PLACE)).isEqualTo("after");
    assertThat(new Vault(newKey).decrypt(fresh, PLACE)).isEqualTo("after");
  }

  @Test
  void refusesAValueOfAnotherPlaceOrKeyWithoutShowingIt() {
    byte[] encrypted = new Vault(oldKey).encrypt("top secret", PLACE);

    assertThatThrownBy(() -> new Vault(oldKey).decrypt(encrypted, "data_sources:2:password"))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> new Vault(newKey).decrypt(encrypted, PLACE))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
        .hasMessageContaining("ENCRYPTION_KEY")
        .hasMessageNotContaining("top secret")
        .hasMessageNotContaining(newKey);
  }

  @Test
  void refusesAnAlteredValue() {
    byte[] encrypted = new Vault(oldKey).encrypt("secret", PLACE);
    encrypted[encrypted.length - 1] ^= 1;

    assertThatThrownBy(() -> new Vault(oldKey).decrypt(encrypted, PLACE))
        .isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "abc", "zz", "0123456789abcdef,", ","})
  void namesTheSettingWhenAKeyIsMalformed(String keys) {
    assertThatThrownBy(() -> new Vault(keys))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("ENCRYPTION_KEY");
  }

  @Test
  void keepsAMalformedOrRepeatedKeyOutOfTheMessage() {
    String almost = oldKey.substring(1) + "x";

    assertThatThrownBy(() -> new Vault(newKey + "," + almost))
        .hasMessageContaining("key number 2")
        .hasMessageNotContaining(almost.substring(0, 8));
    assertThatThrownBy(() -> new Vault(oldKey + "," + oldKey.toUpperCase()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("twice");
  }
}
