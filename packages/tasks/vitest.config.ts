export { covered as default } from '../../vitest.shared.ts';
