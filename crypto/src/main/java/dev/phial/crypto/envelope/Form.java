package dev.phial.crypto.envelope;

/** The three sealed forms. Format and suite ids are permanent: once given, never given again. */
enum Form {
  VALUE(1, 1, "envelope"),
  RECORD(2, 1, "sealed record"),
  STREAM(3, 2, "sealed stream");

  final byte format;
  final byte suite;
  final String noun;

  Form(int format, int suite, String noun) {
    this.format = (byte) format;
    this.suite = (byte) suite;
    this.noun = noun;
  }
}
