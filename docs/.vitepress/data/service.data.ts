import { existsSync, readFileSync } from 'node:fs';
import { defineLoader } from 'vitepress';
import type { ServiceReport } from '../theme/bench/service.ts';

const file = new URL('../../data/service.json', import.meta.url);

declare const data: ServiceReport | null;
export { data };

export default defineLoader({
  watch: ['../../data/service.json'],
  load: (): ServiceReport | null =>
    existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null,
});
