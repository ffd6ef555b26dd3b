package dev.phial.crypto.envelope;

import dev.phial.crypto.context.ContextKind;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** The three forms seen as one: what holds for each of them is tested once, for all. */
enum SealedForm {
  VALUE(Layout.CIPHERTEXT_AT, ContextKind.VALUE) {
    @Override
    byte[] seal(DataKey key, DataContext context, byte[] plaintext) {
      return new EnvelopeCipher(MODULE).seal(key, context, plaintext);
    }

    @Override
    byte[] open(DataKey key, DataContext context, byte[] sealed) {
      return new EnvelopeCipher(MODULE).open(key, context, Envelope.parse(sealed));
    }
  },
  RECORD(Layout.CIPHERTEXT_AT, ContextKind.RECORD) {
    @Override
    byte[] seal(DataKey key, DataContext context, byte[] plaintext) {
      return new RecordCipher(MODULE)
          .seal(key, context, RecordFields.of(Map.of("field", plaintext)));
    }

    @Override
    byte[] open(DataKey key, DataContext context, byte[] sealed) {
      return new RecordCipher(MODULE)
          .open(key, context, SealedRecord.parse(sealed))
          .value("field")
          .orElseThrow();
    }
  },
  STREAM(StreamHeader.LENGTH, ContextKind.STREAM) {
    @Override
    byte[] seal(DataKey key, DataContext context, byte[] plaintext) {
      return sealStream(new StreamCipher(MODULE).sealer(key, context, FrameSize.KIB_16), plaintext);
    }

    @Override
    byte[] open(DataKey key, DataContext context, byte[] sealed) {
      StreamHeader header = StreamHeader.parse(sealed);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      StreamOpener opener = new StreamCipher(MODULE).opener(key, context, header);
      ByteBuffer frames = ByteBuffer.wrap(sealed).position(StreamHeader.LENGTH);
      opener.update(frames, plain -> copy(plain, out));
      opener.finish(plain -> copy(plain, out));
      return out.toByteArray();
    }
  };

  private static final FipsModule MODULE = FipsModule.start();

  /** Where the ciphertext begins. */
  final int headerLength;

  private final ContextKind kind;

  SealedForm(int headerLength, ContextKind kind) {
    this.headerLength = headerLength;
    this.kind = kind;
  }

  abstract byte[] seal(DataKey key, DataContext context, byte[] plaintext);

  abstract byte[] open(DataKey key, DataContext context, byte[] sealed);

  byte[] canonical(DataContext context) {
    return context.canonical(kind);
  }

  /** GCM's IV for a message of at most one frame. */
  byte[] iv(byte[] sealed) {
    byte[] iv = Arrays.copyOfRange(sealed, Layout.NONCE_AT + 12, Layout.NONCE_AT + 24);
    iv[11] ^= (byte) (this == STREAM ? 1 : 0);
    return iv;
  }

  boolean opens(DataKey key, DataContext context, byte[] sealed) {
    try {
      open(key, context, sealed);
      return true;
    } catch (OpenFailedException | EnvelopeFormatException e) {
      return false;
    }
  }

  static byte[] sealStream(StreamSealer sealer, byte[] plaintext) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(sealer.header().bytes());
    sealer.update(ByteBuffer.wrap(plaintext), frame -> copy(frame, out));
    sealer.finish(frame -> copy(frame, out));
    return out.toByteArray();
  }

  static void copy(ByteBuffer bytes, ByteArrayOutputStream out) {
    byte[] copied = new byte[bytes.remaining()];
    bytes.get(copied);
    out.writeBytes(copied);
  }
}
