// The clients: a process of its own, so that what it costs to ask is not taken from the service.
import { connect } from 'node:net';

/**
 * @typedef {object} Load
 * @property {number} port
 * @property {number} connections at once
 * @property {number} [ms] how long to ask
 * @property {number} [requests] how often to ask, all connections together, when that ends it
 */

/** @typedef {{ perSecond: number, p50: number, p99: number, answered: number, left: number }} Outcome in milliseconds */

const keys = 2000;

/**
 * Asks over and over on each connection. Every tenth client leaves in the middle of each of its requests.
 * @param {Load} load
 * @returns {Promise<Outcome>}
 */
async function drive({ port, connections, ms = Infinity, requests = Infinity }) {
  /** @type {number[]} */
  const times = [];
  let asked = 0;
  let left = 0;
  let seed = 1;
  const next = () => (seed = (seed * 48_271) % 2_147_483_647) % keys;
  const started = performance.now();
  const isOver = () => performance.now() - started >= ms || asked >= requests;

  /** @param {boolean} leaves */
  const client = (leaves) =>
    new Promise((resolve) => {
      let sent = 0;
      const open = () => {
        const socket = connect(port, '127.0.0.1', ask);
        socket.setNoDelay(true);
        socket.on('data', (data) => {
          // One small answer at a time; its head ends in the same packet.
          if (data.length === 0 || leaves) return;
          times.push(performance.now() - sent);
          ask();
        });
        socket.on('error', () => {});
        socket.on('close', () => {
          if (isOver()) resolve(undefined);
          // To connect is not what is measured.
          else setTimeout(open, leaves ? 100 : 0);
        });
        function ask() {
          if (isOver()) {
            socket.destroy();
            return;
          }
          asked++;
          sent = performance.now();
          socket.write(`GET /${next()} HTTP/1.1\r\nhost: a\r\n\r\n`);
          if (leaves) {
            left++;
            setTimeout(() => socket.destroy(), 1);
          }
        }
      };
      open();
    });

  await Promise.all(Array.from({ length: connections }, (_, i) => client(i % 10 === 9)));
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => times[Math.floor(times.length * share)] ?? NaN;
  return {
    perSecond: times.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    answered: times.length,
    left,
  };
}

process.on('message', (/** @type {Load} */ load) => {
  void drive(load).then((outcome) => process.send?.(outcome));
});
