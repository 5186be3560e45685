// A value that travels with the context. The key, not its description, is what finds it.
import { background, type Context, createKey, type Key, withValue } from '@gosync/context';

function find(ctx: Context, key: Key<string>): void {
  const value = ctx.value(key);
  console.log(value === undefined ? `key not found: ${key.description}` : `found value: ${value}`);
}

const language = createKey<string>('language');
const ctx = withValue(background(), language, 'Go');

find(ctx, language);
find(ctx, createKey<string>('color'));
