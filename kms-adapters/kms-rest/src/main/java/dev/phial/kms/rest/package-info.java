/** What adapters of REST services share: JSON over HTTPS with the JDK's client, and access tokens that are got in time. */
@NullMarked
package dev.phial.kms.rest;

import org.jspecify.annotations.NullMarked;
