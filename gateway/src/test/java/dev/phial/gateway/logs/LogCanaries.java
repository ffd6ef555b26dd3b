package dev.phial.gateway.logs;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines with an invented value of each of the 18 identifiers, each in every form in which logs write it, and a look for any
 * trace of them in what came out, in whatever form.
 */
public final class LogCanaries {
  private static final Pattern ESCAPE = Pattern.compile("\\\\+u([0-9a-fA-F]{4})");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{12,}={0,2}");

  /**
   * One value.
   *
   * @param core what of it, in small letters and digits alone, must not be found
   */
  private record Canary(String identifier, String key, String value, String core) {}

  private static final List<Canary> CANARIES = List.of(
      new Canary("NAME", "patient_name", "Quillfeather", "quillfeather"),
      new Canary("GEO", "home_address", "4471 Brackenmoor Lane", "brackenmoor"),
      new Canary("DATE", "dob", "1961-11-23", "19611123"),
      new Canary("PHONE", "phone", "212-555-0143", "2125550143"),
      new Canary("FAX", "fax", "617-555-0188", "6175550188"),
      new Canary("EMAIL", "email", "quill.canary@example.org", "quillcanary"),
      new Canary("SSN", "ssn", "536-27-8841", "536278841"),
      new Canary("MRN", "mrn", "44719208", "44719208"),
      new Canary("HEALTH_PLAN", "member_id", "1EG4-TE5-MK73", "1eg4te5mk73"),
      new Canary("ACCOUNT", "card_number", "4012888888881881", "4012888888881881"),
      new Canary("LICENSE", "npi", "1245319599", "1245319599"),
      new Canary("VEHICLE", "vin", "1M8GDM9AXKP042788", "1m8gdm9axkp042788"),
      new Canary("DEVICE", "device_serial", "SN7788123Q", "sn7788123q"),
      new Canary("URL", "url", "https://portal.example.org/p/canary77", "canary77"),
      new Canary("IP", "client_ip", "10.86.169.121", "1086169121"),
      new Canary("BIOMETRIC", "fingerprint", "FPZ99182773", "fpz99182773"),
      new Canary("PHOTO", "photo", "facequill881.jpg", "facequill881"),
      new Canary("OTHER", "employee_id", "ZQ-5519-77", "zq551977"));

  private static final List<BinaryOperator<String>> FORMS = List.of(
      (key, value) -> "failed for " + key + "=" + value + " ok",
      (key, value) -> "{\"m\":\"x\",\"" + key + "\":\"" + value + "\"}",
      (key, value) -> "{\"p\":\"{\\\"" + key + "\\\":\\\"" + value + "\\\"}\"}",
      (key, value) -> "GET /p?" + key + "=" + percent(value) + "&x=1",
      (key, value) -> "payload=" + base64(key + ": " + value) + " ok",
      (key, value) -> "failed for " + key + "=" + fullWidth(value) + " ok",
      (key, value) -> "failed for " + key + "=" + String.join("\u200b", value.split("")) + " ok",
      (key, value) -> "{\"" + key + "\":\"" + escaped(value) + "\"}",
      (key, value) -> "INSERT INTO t (a, " + key + ") VALUES ('x', '" + value + "')");

  private LogCanaries() {}

  /** Every identifier in every form. */
  public static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Canary canary : CANARIES) {
      FORMS.forEach(form -> lines.add(form.apply(canary.key(), canary.value())));
    }
    return lines;
  }

  /** Which identifiers can still be read in an output, in whatever form. */
  public static List<String> seen(byte[] output) {
    String text = new String(output, StandardCharsets.UTF_8);
    StringBuilder all = new StringBuilder(bare(text)).append('\n');
    all.append(bare(unescaped(text))).append('\n').append(bare(unpercent(text))).append('\n');
    Matcher runs = BASE64.matcher(text);
    while (runs.find()) {
      all.append(bare(unbase64(runs.group()))).append('\n');
    }
    String readable = all.toString();
    return CANARIES.stream()
        .filter(canary -> readable.contains(canary.core())
            || readable.contains(hex(canary.value()))
            || readable.contains(hex(canary.core())))
        .map(Canary::identifier)
        .toList();
  }

  public static List<String> seen(String output) {
    return seen(output.getBytes(StandardCharsets.UTF_8));
  }

  /** As people read it: compatibility forms, and nothing that cannot be seen or only separates. */
  private static String bare(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    String small = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    for (int i = 0; i < small.length(); i++) {
      char c = small.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        bare.append(c);
      }
    }
    return bare.toString();
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String percent(String text) {
    return text.chars()
        .mapToObj(c -> String.format(Locale.ROOT, "%%%02X", c))
        .reduce("", String::concat);
  }

  private static String unpercent(String text) {
    try {
      return URLDecoder.decode(
          text.replaceAll("%(?![0-9a-fA-F]{2})", "%25"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AssertionError(e);
    }
  }

  private static String escaped(String text) {
    return text.chars()
        .mapToObj(c -> String.format(Locale.ROOT, "\\u%04x", c))
        .reduce("", String::concat);
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String unbase64(String run) {
    String whole = run.replace("=", "");
    String possible = whole.length() % 4 == 1 ? whole.substring(1) : whole;
    return new String(Base64.getDecoder().decode(possible), StandardCharsets.ISO_8859_1);
  }

  private static String fullWidth(String text) {
    return text.chars()
        .mapToObj(
            c -> String.valueOf(Character.isLetterOrDigit(c) ? (char) (c + 0xfee0) : (char) c))
        .reduce("", String::concat);
  }
}
