package dev.phial.gateway.keys;

import java.time.Instant;

/**
 * That something is to be destroyed, and on whose word.
 *
 * @param due from when on
 * @param askedBy who asked for it
 * @param approvedBy who agreed; empty when nobody had to
 * @param request the request under which the audit log has it
 */
public record DestructionOrder(Instant due, String askedBy, String approvedBy, String request) {}
