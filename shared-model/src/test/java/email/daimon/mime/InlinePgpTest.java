package email.daimon.mime;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Protection;
import org.junit.jupiter.api.Test;

/** Armour in texts (RFC 9580, 7): what is signed is read as it was written. */
class InlinePgpTest {
  private static final String SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----\n";
  private static final String SIGNATURE =
      "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n";

  @Test
  void theSignatureGoesAndWhatIsAroundStays() {
    String text =
        "before\n"
            + SIGNED
            + "Hash: SHA512\nHash: SHA256\n\nHello\n- -- \n- - dash\n"
            + SIGNATURE
            + "footer\n";

    assertThat(InlinePgp.unwrapped(text)).isEqualTo("before\nHello\n-- \n- dash\nfooter\n");
    assertThat(InlinePgp.protection(text)).isEqualTo(Protection.PGP_INLINE_SIGNED);
  }

  @Test
  void twoSignedTextsAreReadOneAfterTheOther() {
    String one = SIGNED + "\none\n" + SIGNATURE;
    String two = SIGNED + "Hash: SHA256\n\ntwo\n" + SIGNATURE;

    assertThat(InlinePgp.unwrapped(one + two)).isEqualTo("one\ntwo\n");
  }

  @Test
  void whatIsNotWholeStays() {
    for (String text :
        new String[] {
          SIGNED + "\nno signature\n",
          "> " + SIGNED + "\n> quoted\n> " + SIGNATURE,
          "see " + SIGNED + SIGNATURE,
          SIGNATURE,
          "-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
        }) {
      assertThat(InlinePgp.unwrapped(text)).isEqualTo(text);
      assertThat(InlinePgp.protection(text)).isEqualTo(Protection.NONE);
    }
    assertThat(InlinePgp.unwrapped(SIGNED + "\ncut off\n-----BEGIN PGP SIGNATURE-----\niQ"))
        .isEqualTo("cut off\n");
  }

  @Test
  void whatIsEncryptedIsSaidToBe() {
    assertThat(InlinePgp.protection("Hi\n-----BEGIN PGP MESSAGE-----  \nhQ\n"))
        .isEqualTo(Protection.PGP_INLINE_ENCRYPTED);
    assertThat(InlinePgp.protection("> -----BEGIN PGP MESSAGE-----\n")).isEqualTo(Protection.NONE);
  }

  @Test
  void armourWithoutEndIsReadInOnePass() {
    assertThat(InlinePgp.unwrapped(SIGNED.repeat(30_000))).hasSize(SIGNED.length() * 30_000);
    assertThat(InlinePgp.unwrapped((SIGNED + SIGNATURE).repeat(10_000))).isEmpty();
    assertThat(InlinePgp.unwrapped(SIGNED + "Hash: x\n".repeat(100_000) + SIGNATURE)).isEmpty();
  }
}
