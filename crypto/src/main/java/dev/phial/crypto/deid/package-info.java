/**
 * De-identification: dates shifted by a secret amount, values made coarser, keyed one-way hashes. Pure functions of value, key
 * and today's date; no network, no clock.
 */
@NullMarked
package dev.phial.crypto.deid;

import org.jspecify.annotations.NullMarked;
