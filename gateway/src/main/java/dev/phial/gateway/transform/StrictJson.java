package dev.phial.gateway.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.phial.gateway.transform.TransformException.Reason;
import java.io.IOException;
import java.util.Set;

/**
 * Reads JSON as RFC 8259 has it and no other way: one reading is possible, or none. Duplicate names, unpaired surrogates and
 * anything that is not UTF-8 are refused, because the record server behind could read them differently (T29, T33).
 *
 * <p>Thread-safe.
 */
final class StrictJson {
  private final TransformLimits limits;
  private final JsonFactory factory;

  StrictJson(TransformLimits limits) {
    this.limits = limits;
    // Names are not interned: a name in a hostile or unlucky body may itself be PHI and must not
    // stay for ever.
    this.factory = new JsonFactoryBuilder()
        .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(constraints(limits))
        .build();
  }

  /** One more of what {@link TreeBuilder} counts itself, so that it is the one to say which limit it was. */
  private static StreamReadConstraints constraints(TransformLimits limits) {
    return StreamReadConstraints.builder()
        .maxDocumentLength(limits.documentBytes())
        .maxNestingDepth(limits.depth() + 1)
        .maxTokenCount(limits.tokens() + 1L)
        .maxNumberLength(limits.numberLength())
        .maxNameLength(limits.nameLength())
        .maxStringLength(limits.stringBytes())
        .build();
  }

  /**
   * Reads a body.
   *
   * @param shown the member names that an error may show
   * @throws TransformException when it is not strict JSON or over a limit
   */
  JsonTree parse(byte[] body, Set<String> shown) {
    StrictUtf8.check(body);
    TreeBuilder builder = new TreeBuilder(body, limits);
    try (JsonParser parser = factory.createParser(body)) {
      builder.readFrom(parser);
      return builder.tree();
    } catch (StreamConstraintsException e) {
      throw at(builder, shown, Reason.TOO_LARGE, limit(e));
    } catch (IOException e) {
      throw at(builder, shown, Reason.MALFORMED, defect(e));
    } catch (TransformException e) {
      throw at(builder, shown, e.reason(), String.valueOf(e.getMessage()));
    }
  }

  /** The parser's own messages quote the body, so they only tell which kind of defect it is. */
  private static String defect(IOException e) {
    return String.valueOf(e.getMessage()).startsWith("Duplicate field")
        ? "an object has the same member name twice"
        : "the body is not JSON (RFC 8259)";
  }

  private String limit(StreamConstraintsException e) {
    return String.valueOf(e.getMessage()).startsWith("Number")
        ? "a number has more than " + limits.numberLength() + " characters"
        : "a member name has more than " + limits.nameLength() + " characters";
  }

  private static TransformException at(
      TreeBuilder builder, Set<String> shown, Reason reason, String what) {
    return new TransformException(
        reason, what + ", after byte " + builder.position() + " at " + builder.place(shown));
  }
}
