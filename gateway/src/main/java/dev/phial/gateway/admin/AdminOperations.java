package dev.phial.gateway.admin;

import dev.phial.gateway.admin.approval.ApprovalOperations;

/**
 * All that security teams can do.
 *
 * @param keys the life cycle of keysets
 * @param pins moves of elements whose tokens are pinned to a key version
 * @param tokens vaulted tokens, without their values
 * @param destruction the end of keys
 * @param approvals what one has proposed and another may approve
 * @param jobs long work on keys and tokens
 */
public record AdminOperations(
    KeyOperations keys,
    PinOperations pins,
    TokenOperations tokens,
    DestructionOperations destruction,
    ApprovalOperations approvals,
    JobOperations jobs) {}
