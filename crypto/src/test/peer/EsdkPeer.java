import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.CommitmentPolicy;
import com.amazonaws.encryptionsdk.CryptoAlgorithm;
import com.amazonaws.encryptionsdk.jce.JceMasterKey;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AWS Encryption SDK for Java with a raw AES master key, in a process of its own. A line in: verb, key, key name, data,
 * then names and values of the context, all but the verb in hex and apart by spaces. A line out: the result in hex, or "refused".
 */
public final class EsdkPeer {
  private static final HexFormat HEX = HexFormat.of();

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line.split(" ", -1)));
      System.out.flush();
    }
  }

  private static String answer(String[] words) {
    JceMasterKey key = JceMasterKey.getInstance(
        new SecretKeySpec(HEX.parseHex(words[1]), "AES"), "phial", text(words[2]), "AES/GCM/NoPadding");
    Map<String, String> context = new HashMap<>();
    for (int i = 4; i + 1 < words.length; i += 2) {
      context.put(text(words[i]), text(words[i + 1]));
    }
    AwsCrypto crypto = AwsCrypto.builder()
        .withCommitmentPolicy(CommitmentPolicy.RequireEncryptRequireDecrypt)
        .withEncryptionAlgorithm(CryptoAlgorithm.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY)
        .build();
    try {
      if (words[0].equals("encrypt")) {
        return HEX.formatHex(crypto.encryptData(key, HEX.parseHex(words[3]), context).getResult());
      }
      var opened = crypto.decryptData(key, HEX.parseHex(words[3]));
      return opened.getEncryptionContext().equals(context) ? HEX.formatHex(opened.getResult()) : "other context";
    } catch (RuntimeException e) {
      return "refused";
    }
  }

  private static String text(String hex) {
    return new String(HEX.parseHex(hex), StandardCharsets.UTF_8);
  }
}
