package dev.phial.gateway.logs.web;

import dev.phial.gateway.logs.intake.Intake;
import dev.phial.gateway.logs.intake.LogObserver;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What a receiver over HTTP works with.
 *
 * @param tokens what senders must show
 * @param maxRequest the most bytes of a body as it is sent
 * @param maxExpanded the most bytes of a body when it is decompressed
 * @param bodyTimeout from the head of a request to the end of its body
 * @param workers where bodies are parsed
 */
public record WebParts(
    Intake intake,
    LogObserver observer,
    Tokens tokens,
    int maxRequest,
    int maxExpanded,
    Duration bodyTimeout,
    Executor workers) {}
