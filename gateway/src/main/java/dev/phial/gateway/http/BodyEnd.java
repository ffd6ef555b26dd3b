package dev.phial.gateway.http;

/** Follows the last bytes of a body, also of one that is empty. */
enum BodyEnd {
  BODY_END
}
