package dev.phial.gateway.cli;

import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.CancelPinMoveRequest;
import dev.phial.proto.v1.FinishPinMoveRequest;
import dev.phial.proto.v1.HoldPinRequest;
import dev.phial.proto.v1.ListPinsRequest;
import dev.phial.proto.v1.MovePinRequest;
import dev.phial.proto.v1.Pin;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code phial keys pins}. */
@Command(
    name = "pins",
    description = {
      "Elements whose tokens are pinned to one key version (key_version: pinned), and their move to the primary version.",
      "",
      "A move, step by step:",
      "  1. phial keys rotate --tenant T --keyset tokenize    a new primary version",
      "  2. phial keys pins move --tenant T --element E       nothing changes yet for who uses the element",
      "  3. phial retokenize ... --key-version OLD            make every stored token again, beside the old ones",
      "  4. phial keys pins hold --tenant T --element E       the element is refused; make the last tokens again,",
      "                                                       put the new ones in the place of the old",
      "  5. phial keys pins finish --tenant T --element E     75 seconds after hold: the element is back"
    },
    subcommands = {
      PinsCommand.ListPins.class,
      PinsCommand.Move.class,
      PinsCommand.Hold.class,
      PinsCommand.Finish.class,
      PinsCommand.Cancel.class
    },
    mixinStandardHelpOptions = true)
final class PinsCommand {

  /** Which pin a command is about. */
  static final class PinOptions {
    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        required = true,
        description = "whose tokens")
    String tenant = "";

    @Option(
        names = "--element",
        paramLabel = "ELEMENT",
        required = true,
        description = "of which element of the policy")
    String element = "";
  }

  /** One step of a move: its answer is the pin. */
  abstract static class Step extends AdminCommand {
    @Mixin
    PinOptions pin = new PinOptions();

    final int step(Function<AdminServiceBlockingStub, Pin> call) {
      return print(List.of(ask(call)), PinText::json, PinText::table);
    }
  }

  /** {@code phial keys pins list}. */
  @Command(
      name = "list",
      description = "Lists pinned elements, their key versions, and moves under way.",
      mixinStandardHelpOptions = true)
  static final class ListPins extends AdminCommand {
    @Option(names = "--tenant", paramLabel = "TENANT", description = "of one tenant only")
    private String tenant = "";

    @Override
    public Integer call() {
      ListPinsRequest request = ListPinsRequest.newBuilder().setTenant(tenant).build();
      return print(
          ask(admin -> admin.listPins(request).getPinsList()), PinText::json, PinText::table);
    }
  }

  /** {@code phial keys pins move}. */
  @Command(
      name = "move",
      description = {
        "Starts to move an element's tokens to the primary key version.",
        "Until `hold`, tokens are made and opened as before."
      },
      footer = {"", "Example:", "  phial keys pins move --tenant default --element ssn"},
      mixinStandardHelpOptions = true)
  static final class Move extends Step {
    @Override
    public Integer call() {
      MovePinRequest request = MovePinRequest.newBuilder()
          .setTenant(pin.tenant)
          .setElement(pin.element)
          .build();
      return step(admin -> admin.movePin(request).getPin());
    }
  }

  /** {@code phial keys pins hold}. */
  @Command(
      name = "hold",
      description = {
        "Refuses the element to who does not name a token's key version, in every gateway within 60 seconds.",
        "The time to put the new tokens in the place of the old."
      },
      footer = {"", "Example:", "  phial keys pins hold --tenant default --element ssn"},
      mixinStandardHelpOptions = true)
  static final class Hold extends Step {
    @Override
    public Integer call() {
      HoldPinRequest request = HoldPinRequest.newBuilder()
          .setTenant(pin.tenant)
          .setElement(pin.element)
          .build();
      return step(admin -> admin.holdPin(request).getPin());
    }
  }

  /** {@code phial keys pins finish}. */
  @Command(
      name = "finish",
      description = {
        "Ends a move: the element's tokens are of the new version from now on.",
        "Refused, with the seconds to wait, until every gateway must know of the hold."
      },
      footer = {"", "Example:", "  phial keys pins finish --tenant default --element ssn"},
      mixinStandardHelpOptions = true)
  static final class Finish extends Step {
    @Override
    public Integer call() {
      FinishPinMoveRequest request = FinishPinMoveRequest.newBuilder()
          .setTenant(pin.tenant)
          .setElement(pin.element)
          .build();
      return step(admin -> admin.finishPinMove(request).getPin());
    }
  }

  /** {@code phial keys pins cancel}. */
  @Command(
      name = "cancel",
      description = {
        "Gives a move up: the element's tokens are of the version they had.",
        "Put the old tokens back first if they were replaced."
      },
      footer = {"", "Example:", "  phial keys pins cancel --tenant default --element ssn"},
      mixinStandardHelpOptions = true)
  static final class Cancel extends Step {
    @Override
    public Integer call() {
      CancelPinMoveRequest request = CancelPinMoveRequest.newBuilder()
          .setTenant(pin.tenant)
          .setElement(pin.element)
          .build();
      return step(admin -> admin.cancelPinMove(request).getPin());
    }
  }
}
