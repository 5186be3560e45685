import ts from 'typescript';

/**
 * The places where a context is passed as an object of options, `fetch(url, ctx)`. It compiles, and many libraries
 * copy such an object first; the copy of a context has no signal, so the call can no longer be canceled.
 */
export function bareContexts(program: ts.Program, file: ts.SourceFile): number[] {
  const checker = program.getTypeChecker();
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      for (const argument of node.arguments) {
        if (isContext(checker, argument) && takesOptions(checker, argument)) {
          found.push(argument.getStart());
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isContext(checker: ts.TypeChecker, argument: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(argument);
  return ['signal', 'deadline', 'err', 'value'].every((name) => type.getProperty(name));
}

/** Whether the parameter is an object that may have a `signal`. That of a function of ours must have one. */
function takesOptions(checker: ts.TypeChecker, argument: ts.Expression): boolean {
  const parameter = checker.getContextualType(argument);
  const types = parameter?.isUnion() ? parameter.types : [parameter];
  return types.some((type) => {
    const signal = type?.getProperty('signal');
    return signal !== undefined && (signal.flags & ts.SymbolFlags.Optional) !== 0;
  });
}
