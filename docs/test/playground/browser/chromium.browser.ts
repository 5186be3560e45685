import { demosTests } from './demos.ts';
import { editorTests } from './editor.ts';
import { everyoneTests } from './everyone.ts';
import { inBrowser } from './session.ts';

inBrowser('Chromium', demosTests, editorTests, everyoneTests);
