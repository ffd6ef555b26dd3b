package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.intake.Intake;
import dev.phial.gateway.logs.intake.LogObserver;
import java.time.Duration;

/**
 * What a syslog receiver works with.
 *
 * @param maxEvent the most bytes of one message
 * @param patience for how long a batch that cannot be masked is tried before messages are given up
 */
public record SyslogParts(Intake intake, LogObserver observer, int maxEvent, Duration patience) {}
