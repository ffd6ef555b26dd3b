package dev.phial.gateway.logs.net;

/** An event that asks a connection to take nothing more, and to close when what it has is buffered. */
public enum Drain {
  DRAIN
}
