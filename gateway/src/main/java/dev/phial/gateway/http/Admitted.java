package dev.phial.gateway.http;

import dev.phial.gateway.identity.Call;

/**
 * A request that may go on: who calls, and along which route.
 *
 * @param call who calls and why
 * @param head the request's head
 * @param target its target, taken apart
 * @param route the route that fits
 * @param table all routes of the policy in force
 */
record Admitted(Call call, RequestHead head, Target target, Route route, RouteTable table) {}
