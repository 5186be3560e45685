/**
 * All of the package, and what the other packages of gosync need beside the contract. They are published with the
 * version that they need: what `@gosync/context` does not export may change with any version.
 *
 * @packageDocumentation
 */
export { from } from './adopt.ts';
export { afterFunc } from './after-func.ts';
export { background, todo } from './background.ts';
export { withDeadline, withDeadlineCause, withTimeout, withTimeoutCause } from './deadline.ts';
export { CanceledError, DeadlineExceededError, isCanceled, isDeadlineExceeded } from './errors.ts';
export { createKey } from './key.ts';
export { type CallContexts, callContexts, type TaskContexts, taskContexts } from './task.ts';
export { withValue } from './value.ts';
export { cause, withCancel, withCancelCause } from './with-cancel.ts';
export { withoutCancel } from './without-cancel.ts';
export { sleep, throwIfDone, wait } from './wait.ts';
