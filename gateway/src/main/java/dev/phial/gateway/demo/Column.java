package dev.phial.gateway.demo;

import java.util.Map;

/**
 * One column of the side-by-side view.
 *
 * @param title who sees this
 * @param leaves what they see, by JSON pointer
 */
record Column(String title, Map<String, String> leaves) {}
