/**
 * What the gateway stands in front of: an answer after 2 to 10 ms, for which nothing is computed. With a signal the
 * wait ends early, as a `fetch` would.
 * @param {string} key
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>}
 */
export function upstream(key, signal) {
  const ms = 2 + (Number(key) % 9);
  return new Promise((resolve, reject) => {
    if (signal === undefined) {
      setTimeout(resolve, ms, key);
      return;
    }
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve(key);
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
}
