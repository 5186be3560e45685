import { editorTests } from './editor.ts';
import { everyoneTests } from './everyone.ts';
import { inBrowser } from './session.ts';

// What the demonstrations say does not depend on the browser; that each of them runs is in `everyoneTests`.
inBrowser('Firefox', editorTests, everyoneTests);
