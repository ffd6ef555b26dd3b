package dev.phial.kms.rest;

/**
 * What a service answered.
 *
 * @param status the HTTP status
 * @param json the body, empty when it was not a JSON object
 */
public record Answer(int status, Json json) {

  public boolean ok() {
    return status == 200;
  }
}
