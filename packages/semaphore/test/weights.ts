/** What is not a weight or size, and how the error names it. */
export const notWeights: readonly (readonly [text: string, value: unknown])[] = [
  ['-1', -1],
  ['1.5', 1.5],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['9007199254740992', 2 ** 53],
  ['"1"', '1'],
  ['null', null],
  ['true', true],
  ['1', 1n],
];

export function notAWeight(name: 'size' | 'weight', text: string): RangeError {
  return new RangeError(`semaphore: ${name} is not a non-negative safe integer: ${text}`);
}
