package dev.phial.gateway.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys from a JWK set file, read again when the file changes; looked at no more often than once a second. While a changed
 * file cannot be used, the keys read last stay, and the log says so.
 *
 * <p>Replace the file by renaming another over it, so that it is never seen half written.
 */
public final class JwksFile implements KeySource {
  private static final Logger LOG = LoggerFactory.getLogger(JwksFile.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private final Provider provider;
  private final InstantSource clock;
  private volatile Loaded loaded;

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when it cannot be used; the message names it
   */
  public JwksFile(Path file, Provider provider, InstantSource clock) {
    this.file = file;
    this.provider = provider;
    this.clock = clock;
    try {
      Stamp stamp = stamp();
      this.loaded = new Loaded(read(), stamp, clock.instant());
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("auth jwt jwks_file (" + file + "): " + reason(e));
    }
  }

  private record Stamp(
      FileTime modified, long size, @Nullable Object inode) {}

  private record Loaded(VerificationKeys keys, @Nullable Stamp stamp, Instant looked) {}

  @Override
  public VerificationKeys keys() {
    Loaded now = loaded;
    if (clock.instant().isBefore(now.looked().plus(INTERVAL))) {
      return now.keys();
    }
    return look().keys();
  }

  private synchronized Loaded look() {
    Loaded last = loaded;
    Instant now = clock.instant();
    if (!now.isBefore(last.looked().plus(INTERVAL))) {
      loaded = reloaded(last, now);
    }
    return loaded;
  }

  private Loaded reloaded(Loaded last, Instant now) {
    @Nullable Stamp stamp = null;
    try {
      stamp = stamp();
      if (stamp.equals(last.stamp())) {
        return new Loaded(last.keys(), stamp, now);
      }
      VerificationKeys keys = read();
      LOG.info("auth: keys of {} read again", file);
      return new Loaded(keys, stamp, now);
    } catch (IOException | IllegalArgumentException e) {
      if (!Objects.equals(stamp, last.stamp())) {
        LOG.error("auth: {} {}; the keys read before stay in use", file, reason(e));
      }
      return new Loaded(last.keys(), stamp, now);
    }
  }

  private Stamp stamp() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.size() > MAX_BYTES) {
      throw new IllegalArgumentException("is larger than " + MAX_BYTES + " bytes");
    }
    return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
  }

  private VerificationKeys read() throws IOException {
    return VerificationKeys.parse(Files.readString(file, StandardCharsets.UTF_8), provider);
  }

  private static String reason(Exception problem) {
    return problem instanceof IllegalArgumentException
        ? String.valueOf(problem.getMessage())
        : "cannot be read";
  }
}
