package dev.phial.gateway.logs.web;

/** A protocol whose bodies may be in Snappy's block format, which it decompresses itself. */
interface SnappyBodies {}
