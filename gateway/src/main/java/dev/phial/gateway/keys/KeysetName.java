package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;

/** What a keyset is asked for by. */
record KeysetName(String tenant, KeyPurpose purpose) {}
