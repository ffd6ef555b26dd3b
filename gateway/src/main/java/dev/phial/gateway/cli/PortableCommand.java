package dev.phial.gateway.cli;

import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.portable.PortableCipher;
import dev.phial.crypto.portable.PortableFormatException;
import dev.phial.crypto.portable.PortableKey;
import dev.phial.crypto.portable.PortableKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code phial portable}. */
@Command(
    name = "portable",
    description = {
      "Seals data for somebody who has no Phial, and opens what they sealed: messages of the AWS Encryption SDK under a raw AES",
      "key that both sides hold. Needs no gateway, no configuration and no network. docs/portable.md shows the other side."
    },
    subcommands = {PortableCommand.Key.class, PortableCommand.Seal.class, PortableCommand.Open.class
    },
    mixinStandardHelpOptions = true)
public final class PortableCommand {
  /** A message is longer than its plaintext by 32 bytes a frame, and an SDK may have made small ones. */
  private static final int MOST_MESSAGE = 2 * EnvelopeCipher.MAX_PLAINTEXT;

  private PortableCommand() {}

  /** {@code phial portable key}. */
  @Command(
      name = "key",
      description = {
        "Makes a file with a new key, readable by its owner only: 64 hex digits. Nothing that exists is replaced.",
        "Take it to the other side on a way of its own. Whoever has it opens everything sealed with it, for ever; Phial keeps no",
        "copy and cannot take it back. Make one for each partner and purpose."
      },
      footer = {"", "Example:", "  phial portable key partner.key"},
      mixinStandardHelpOptions = true)
  static final class Key implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the file to make")
    private Path file;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    Key() {}

    @Override
    public Integer call() {
      try {
        new PortableKeyFile(file).make(FipsModule.start());
        return ExitCode.OK;
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw new CommandException(
            ExitCode.USAGE, file + " cannot be made: can its directory be written?");
      }
    }
  }

  /** What both sides have agreed on. */
  static final class Agreement {
    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        required = true,
        description = "the key: 32 bytes, or 64 hex digits; nobody else may read the file")
    private Path file;

    @Option(
        names = "--key-name",
        paramLabel = "NAME",
        required = true,
        description = "the name that both sides have for the key (the SDK: key name, key id)")
    private String name;

    @Option(
        names = "--key-namespace",
        paramLabel = "NAMESPACE",
        defaultValue = PortableKey.NAMESPACE,
        description = "the same for a namespace (the SDK: provider id); default ${DEFAULT-VALUE}")
    private String namespace;

    @Option(
        names = "--context",
        paramLabel = "KEY=VALUE",
        description = {
          "bound to the message, in it in clear: no PHI. To open, exactly the message's own must be given"
        })
    private Map<String, String> context = new LinkedHashMap<>();

    @SuppressWarnings("NullAway.Init") // picocli sets them
    Agreement() {}

    private PortableKey key() {
      try {
        return new PortableKeyFile(file).read(namespace, name);
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw new CommandException(ExitCode.USAGE, file + " cannot be read");
      }
    }
  }

  /** Of standard input, which is taken whole: nothing is given out before all of it is known to be right. */
  private static byte[] input(int most, String what) throws IOException {
    byte[] bytes = System.in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new CommandException(
          ExitCode.REFUSED, what + " has at most " + most + " bytes; split the data");
    }
    return bytes;
  }

  private static void output(byte[] bytes) throws IOException {
    System.out.write(bytes);
    System.out.flush();
    if (System.out.checkError()) {
      throw new CommandException(ExitCode.REFUSED, "standard output took not all of it");
    }
  }

  /** {@code phial portable seal}. */
  @Command(
      name = "seal",
      description = {
        "Seals standard input, up to 64 MiB, as one message to standard output: AES-256-GCM with key commitment (suite 0x0478).",
        "One key is good for 2^32 messages over all who seal with it."
      },
      footer = {
        "",
        "Example:",
        "  phial portable seal --key-file partner.key --key-name lakeside/2026 --context delivery=d-17 <scan.pdf >scan.sealed"
      },
      mixinStandardHelpOptions = true)
  static final class Seal implements Callable<Integer> {
    @Mixin
    private Agreement agreement = new Agreement();

    @Override
    public Integer call() throws IOException {
      FipsModule module = FipsModule.start();
      PortableKey key = agreement.key();
      byte[] plaintext = input(EnvelopeCipher.MAX_PLAINTEXT, "a message's plaintext");
      try {
        output(new PortableCipher(module).seal(key, agreement.context, plaintext));
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
      }
      return ExitCode.OK;
    }
  }

  /** {@code phial portable open}. */
  @Command(
      name = "open",
      description = {
        "Opens the message on standard input, sealed by `phial portable seal` or by an AWS Encryption SDK. Exit code 1, and nothing",
        "on standard output, when it is not authentic."
      },
      footer = {
        "",
        "Example:",
        "  phial portable open --key-file partner.key --key-name lakeside/2026 --context delivery=d-17 <scan.sealed >scan.pdf"
      },
      mixinStandardHelpOptions = true)
  static final class Open implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Agreement agreement = new Agreement();

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    Open() {}

    @Override
    public Integer call() throws IOException {
      FipsModule module = FipsModule.start();
      PortableKey key = agreement.key();
      byte[] message = input(MOST_MESSAGE, "a message");
      try {
        output(new PortableCipher(module).open(key, agreement.context, message));
        return ExitCode.OK;
      } catch (PortableFormatException e) {
        return refused(String.valueOf(e.getMessage()));
      } catch (OpenFailedException e) {
        return refused(
            "NOT AUTHENTIC: it was sealed with another key, key name, namespace or context, or was changed since");
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
      }
    }

    private int refused(String why) {
      spec.commandLine().getErr().println("phial: " + why);
      return ExitCode.REFUSED;
    }
  }
}
