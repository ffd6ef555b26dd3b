/**
 * Long work on keys and tokens: resumable, at a limited rate, one gateway at a time, ending with a signed report (decision record
 * 0018). Knows what a piece of work is only through {@link dev.phial.gateway.jobs.JobWork}.
 */
@NullMarked
package dev.phial.gateway.jobs;

import org.jspecify.annotations.NullMarked;
