// Libraries that have no types, or none that know `signal`; each with what the cases use of it.

declare module 'abortcontroller-polyfill/dist/cjs-ponyfill.js' {
  export const AbortController: typeof globalThis.AbortController;
}

declare module 'make-fetch-happen' {
  export default function fetch(url: string, options: { signal: AbortSignal }): Promise<Response>;
}

declare module 'minipass-fetch' {
  export default function fetch(url: string, options: { signal: AbortSignal }): Promise<Response>;
}

declare module 'node-fetch-2' {
  export default function fetch(url: string, options: { signal: AbortSignal }): Promise<Response>;
}
