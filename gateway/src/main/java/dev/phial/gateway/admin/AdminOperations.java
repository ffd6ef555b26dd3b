package dev.phial.gateway.admin;

/**
 * All that security teams can do.
 *
 * @param keys the life cycle of keysets
 * @param pins moves of elements whose tokens are pinned to a key version
 * @param tokens vaulted tokens, without their values
 * @param destruction the end of keys
 */
public record AdminOperations(
    KeyOperations keys,
    PinOperations pins,
    TokenOperations tokens,
    DestructionOperations destruction) {}
