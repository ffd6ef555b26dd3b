package dev.phial.gateway.http;

import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.transform.BodyTransformers;

/** What all exchanges of a proxy share. All are thread-safe. */
record ProxyContext(
    ProxySettings settings,
    RequestIds ids,
    Admission admission,
    TargetProtection targets,
    BodyTransformers bodies,
    UpstreamPools upstreams,
    AuditLog audit,
    HttpObserver observer) {}
