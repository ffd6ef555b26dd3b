package dev.phial.crypto.context;

import java.util.Map;

/**
 * What a protected value belongs to. A value protected in one context opens in no other.
 *
 * @param tenant whose data it is; not empty
 * @param element the data element's name, or the record's where several elements are sealed together; not empty
 * @param caller the caller's own context, usually empty; order does not matter
 */
public record DataContext(String tenant, String element, Map<String, String> caller) {

  public DataContext {
    if (tenant.isEmpty() || element.isEmpty()) {
      throw new IllegalArgumentException("a context names a tenant and an element");
    }
    caller = Map.copyOf(caller);
  }

  /** A context to which the caller adds nothing. */
  public static DataContext of(String tenant, String element) {
    return new DataContext(tenant, element, Map.of());
  }

  /**
   * The canonical encoding (docs/format.md): two contexts have the same bytes only when they are equal.
   *
   * @throws IllegalArgumentException when a text holds an unpaired surrogate, which has no UTF-8 form
   */
  public byte[] canonical() {
    return canonical(ContextKind.VALUE);
  }

  /**
   * The canonical encoding for what is bound to it: two have the same bytes only when kind and context are equal.
   *
   * @throws IllegalArgumentException as {@link #canonical()}
   */
  public byte[] canonical(ContextKind kind) {
    return CanonicalContext.encode(kind, this);
  }

  /** The caller's context may name people: not shown. */
  @Override
  public String toString() {
    return "DataContext[element=" + element + "]";
  }
}
