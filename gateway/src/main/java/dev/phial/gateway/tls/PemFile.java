package dev.phial.gateway.tls;

import java.nio.file.Path;

/** A file and the setting that names it, for messages. */
record PemFile(String setting, Path path) {}
