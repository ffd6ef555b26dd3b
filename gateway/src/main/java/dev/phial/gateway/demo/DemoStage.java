package dev.phial.gateway.demo;

import java.util.List;

/** What the demonstration plays on: a running gateway with its callers, and the record server behind it. */
interface DemoStage {

  /** Sends records; may protect everything. */
  DemoClient application();

  /** Reads everything, for treatment. */
  DemoClient clinician();

  /** Reads little, for operations. */
  DemoClient support();

  /** Authenticated, but without any role. */
  DemoClient stranger();

  RecordServer records();

  /** Rotates the tenant's keysets by the admin API, as a security officer; says what is primary now. */
  String rotateKeys();

  /** The audit log's lines so far. */
  List<String> auditLines();

  /** Whether the audit log verifies. */
  boolean auditIsWhole();
}
