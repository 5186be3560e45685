import { describe, expect, it } from 'vitest';
import { describe as inWords } from '../harness/outcome.ts';

const cause = new Error('the user left');

describe('describe()', () => {
  it('knows the cause itself, whatever it is', () => {
    expect(inWords(cause, cause)).toBe('the cause');
    expect(inWords('enough', 'enough')).toBe('the cause');
  });

  it('names the class, also of an error that kept the name of its parent', () => {
    class ExecaError extends Error {}
    expect(inWords(new RangeError('no'), cause)).toBe('RangeError');
    expect(inWords(new ExecaError('no'), cause)).toBe('ExecaError');
    expect(inWords(new Error('no'), cause)).toBe('Error');
  });

  it('tells the code', () => {
    expect(inWords(Object.assign(new Error('no'), { code: 'ECANCELED' }), cause)).toBe(
      'Error ECANCELED',
    );
    expect(inWords(new DOMException('no', 'AbortError'), cause)).toBe('AbortError 20');
  });

  it('tells whether the cause is below the error, however deep', () => {
    expect(inWords(new Error('no', { cause }), cause)).toBe('Error with the cause');
    const deep = new TypeError('no', { cause: new Error('why', { cause }) });
    expect(inWords(deep, cause)).toBe('TypeError with the cause');
    expect(inWords(new Error('no', { cause: new Error('other') }), cause)).toBe('Error');
  });

  it('shows what is no error', () => {
    expect(inWords('text', cause)).toBe('string text');
    expect(inWords(null, cause)).toBe('object null');
    expect(inWords(undefined, cause)).toBe('undefined undefined');
  });
});
