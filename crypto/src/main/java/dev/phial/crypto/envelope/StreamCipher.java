package dev.phial.crypto.envelope;

import dev.phial.crypto.context.ContextKind;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/**
 * Seals and opens data of any size in bounded memory: documents, images, exports. A stream is a header and frames of 16 to
 * 256 KiB; each frame is authentic by itself, in its place, and the last one says that it is. So plaintext can be used as it
 * comes, and frames can be read apart; what was cut off, lengthened, moved, doubled or changed is refused with {@link
 * OpenFailedException}, before any byte of the frame concerned is given out.
 *
 * <p>Three forms: fed by pieces ({@link StreamSealer}, {@link StreamOpener}), as {@code java.io} streams, and for reading
 * anywhere ({@link RandomAccessOpener}).
 *
 * <p>Whoever reads to the end and sees it end properly has the whole stream. Whoever stops earlier has a true beginning of it
 * and no more. This class is thread-safe; what it gives is for one thread at a time.
 */
public final class StreamCipher {
  private final FipsModule module;
  private final Sealing sealing;

  public StreamCipher(FipsModule module) {
    this.module = module;
    this.sealing = new Sealing(module);
  }

  /** A sealer of frames of 256 KiB. */
  public StreamSealer sealer(DataKey key, DataContext context) {
    return sealer(key, context, FrameSize.KIB_256);
  }

  /**
   * A sealer for one stream.
   *
   * @throws IllegalArgumentException when the key is not for {@link dev.phial.crypto.key.KeyPurpose#ENCRYPT}, or the
   *     context holds an unpaired surrogate
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public StreamSealer sealer(DataKey key, DataContext context, FrameSize size) {
    byte[] canonical = context.canonical(ContextKind.STREAM);
    byte[] header = StreamHeader.begin(key.id(), size);
    // A key that is used up says so before the first frame.
    key.count(1, 0);
    Frames frames =
        sealing.begin(key, header, lane -> new Frames(module, key, lane, header, canonical));
    return new StreamSealer(StreamHeader.parse(header), frames);
  }

  /**
   * An opener for the stream that {@code header} begins.
   *
   * @throws OpenFailedException when the key is not the stream's
   * @throws IllegalArgumentException as {@link #sealer}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public StreamOpener opener(DataKey key, DataContext context, StreamHeader header) {
    return new StreamOpener(frames(key, context, header), header.frameSize());
  }

  /** Seals what is written to it into {@code out}, in frames of 256 KiB; see {@link SealingStream#finish}. */
  public SealingStream sealing(OutputStream out, DataKey key, DataContext context)
      throws IOException {
    return sealing(out, key, context, FrameSize.KIB_256);
  }

  /** The same, with frames of {@code size}. */
  public SealingStream sealing(OutputStream out, DataKey key, DataContext context, FrameSize size)
      throws IOException {
    return new SealingStream(out, sealer(key, context, size));
  }

  /**
   * Reads the plaintext of what follows {@code header} in {@code in}.
   *
   * @throws OpenFailedException when the key is not the stream's; the reads of the result throw it too
   */
  public InputStream opening(
      InputStream in, StreamHeader header, DataKey key, DataContext context) {
    return new OpeningStream(in, opener(key, context, header), header.frameSize());
  }

  /**
   * Opens the stream that fills {@code channel} after {@code header} for reading anywhere.
   *
   * @throws OpenFailedException when the key is not the stream's, or the end is not where it was
   */
  public RandomAccessOpener randomAccess(
      SeekableByteChannel channel, StreamHeader header, DataKey key, DataContext context)
      throws IOException {
    return RandomAccessOpener.open(channel, frames(key, context, header), header.frameSize());
  }

  private Frames frames(DataKey key, DataContext context, StreamHeader header) {
    byte[] canonical = context.canonical(ContextKind.STREAM);
    return sealing.resume(
        key,
        header.keyId(),
        header.raw(),
        lane -> new Frames(module, key, lane, header.raw(), canonical));
  }
}
