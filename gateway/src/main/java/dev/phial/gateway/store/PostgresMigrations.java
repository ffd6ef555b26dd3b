package dev.phial.gateway.store;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * Brings a PostgreSQL schema to that of this program, with Flyway: the steps are {@code postgresql/Vn__*.sql}, what was done
 * is in the table {@code phial_schema_history}, and of several gateways that start together one does the work.
 */
final class PostgresMigrations {
  private static final String LOCATION = "classpath:dev/phial/gateway/store/postgresql";

  private PostgresMigrations() {}

  static void apply(DataSource database, String name) {
    Flyway flyway = Flyway.configure(PostgresMigrations.class.getClassLoader())
        .dataSource(database)
        .locations(LOCATION)
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .table("phial_schema_history")
        .group(true)
        .cleanDisabled(true)
        .loggers("slf4j")
        .load();
    try {
      refuseNewer(flyway, name);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          "the store " + name + " cannot be brought to this program's schema (" + firstLine(e)
              + "); give Phial a database or schema of its own",
          e);
    }
  }

  /** Flyway by default accepts a schema from the future. */
  private static void refuseNewer(Flyway flyway, String name) {
    Arrays.stream(flyway.info().applied())
        .filter(step -> step.getState() == MigrationState.FUTURE_SUCCESS)
        .map(MigrationInfo::getVersion)
        .findFirst()
        .ifPresent(version -> {
          throw new StoreException("the store " + name + " has schema " + version
              + ", written by a newer Phial: start the newer one, or restore the backup from before"
              + " the upgrade");
        });
  }

  private static String firstLine(FlywayException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
