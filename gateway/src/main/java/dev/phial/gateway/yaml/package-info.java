/**
 * YAML with line numbers. Start at {@link dev.phial.gateway.yaml.YamlFile}; read with {@link
 * dev.phial.gateway.yaml.YamlNode} and {@link dev.phial.gateway.yaml.YamlFields}. Every problem is collected with file and
 * line in {@link dev.phial.gateway.yaml.Problems}; none is thrown singly.
 */
@NullMarked
package dev.phial.gateway.yaml;

import org.jspecify.annotations.NullMarked;
