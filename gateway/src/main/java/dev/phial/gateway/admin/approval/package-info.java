/**
 * What needs two persons: one proposes, another approves, and only then is it done, once (decision record 0020).
 *
 * <p>To put an operation behind it:
 *
 * <ol>
 *   <li>Implement {@link dev.phial.gateway.admin.approval.DangerousOperation}: its permanent word, how it is written down, what it
 *       would do as things are now, and how it is done.
 *   <li>Let its method of administration call {@link dev.phial.gateway.admin.approval.Approvals#ask} and answer what it gives: the
 *       result, when one person is enough, else the proposal.
 *   <li>Add it to the list in {@code AdminWiring}, so that its proposals can be carried out.
 * </ol>
 *
 * <p>Authorization and audit come with it. {@code TokenDeletion} is an example.
 */
@NullMarked
package dev.phial.gateway.admin.approval;

import org.jspecify.annotations.NullMarked;
