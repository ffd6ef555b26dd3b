package dev.phial.gateway.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A job as it is stored. Immutable.
 *
 * @param id a random UUID
 * @param order what was asked for
 * @param state where it is in its life
 * @param cancelledBy who wants it to end, or the empty text
 * @param finished when it ended
 * @param place up to where items have been looked at, in the kind's own order; empty before the first
 * @param counts what became of items
 * @param lease who works on it
 * @param updated when any of this changed last
 * @param report the signed report; empty until the end
 */
public record StoredJob(
    String id,
    Order order,
    JobState state,
    String cancelledBy,
    Optional<Instant> finished,
    String place,
    Counts counts,
    Lease lease,
    Instant updated,
    String report) {

  /**
   * What was asked for.
   *
   * @param kind the kind's permanent name
   * @param tenant whose keys or tokens; empty for all
   * @param rate items in a second, at most
   * @param startedBy who asked
   * @param created when
   * @param total how many items there were then
   */
  public record Order(
      String kind, String tenant, int rate, String startedBy, Instant created, long total) {

    /** The tenant, if it is about one only. */
    public Optional<String> onlyTenant() {
      return Optional.of(tenant).filter(name -> !name.isEmpty());
    }
  }

  /**
   * How many items had which end.
   *
   * @param changed were done
   * @param unchanged needed nothing, or had been done by a gateway that died before it noted so
   * @param failed could not be done so far
   */
  public record Counts(long changed, long unchanged, long failed) {
    /** Items that need nothing more. */
    public long done() {
      return changed + unchanged;
    }
  }

  /**
   * The work of one gateway on a job, until somebody else takes it.
   *
   * @param holder which gateway; empty when none
   * @param epoch one more each time it is taken: whoever has another one writes nothing
   * @param until when it may be taken by another
   * @param since when it was taken
   * @param base how many items were done then
   * @param gateways all that have worked on it, with commas
   */
  public record Lease(
      String holder, long epoch, Instant until, Instant since, long base, String gateways) {

    /** All that have worked on it, in the order of their first time. */
    public List<String> workers() {
      return gateways.isEmpty() ? List.of() : Arrays.asList(gateways.split(",", -1));
    }
  }
}
