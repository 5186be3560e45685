/** The names of the checks of a client, in their order. */
export const names = {
  answered: 'answered under a live context',
  canceled: 'canceled while waiting',
  caused: 'canceled with a cause',
  done: 'canceled before the call',
  deadline: 'deadline exceeded',
  grouped: 'fifteen calls in a group that is canceled',
  platform: 'aborted by an AbortController',
  control: 'answered under a live AbortController',
} as const;
