// Compiles projects with one compiler, in one process: node compile.mjs COMPILER PROJECT...
// Prints a JSON list of what it has to say about each.
import { createRequire } from 'node:module';

const [compiler = '', ...projects] = process.argv.slice(2);
/** @type {typeof import('typescript')} */
const ts = createRequire(import.meta.url)(compiler);

/** @type {Map<string, import('typescript').SourceFile | undefined>} */
const libraries = new Map();

/** @param {string} project */
function compile(project) {
  const { config } = ts.readConfigFile(`${project}/tsconfig.json`, ts.sys.readFile);
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  // The compiler's own libraries are most of the work, and the same for every project.
  host.getSourceFile = (file, languageVersion, ...rest) => {
    if (!file.includes('/lib/lib.')) return getSourceFile(file, languageVersion, ...rest);
    const known = libraries.get(file) ?? getSourceFile(file, languageVersion, ...rest);
    libraries.set(file, known);
    return known;
  };
  const program = ts.createProgram(fileNames, options, host);
  return ts.formatDiagnostics([...errors, ...ts.getPreEmitDiagnostics(program)], host);
}

console.log(JSON.stringify(projects.map(compile)));
