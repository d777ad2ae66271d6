/**
 * ESLint rule `layerscope/zones`: imports stay within the table of zones.mjs. It sees type-only and
 * dynamic imports and re-exports as well.
 */
import { builtinModules } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { projectFolder } from './run.mjs';
import { refuse } from './zones.mjs';

/** @type {import('eslint').Rule.RuleModule} */
const rule = {
  meta: { type: 'problem', schema: [], messages: { refused: '{{ reason }}' } },
  create(context) {
    const from = projectPath(context.filename);
    /** @param {import('estree').Node & { value?: unknown } | null | undefined} source */
    const check = (source) => {
      if (!source || typeof source.value !== 'string') return;
      const reason = refuse(from, target(context.filename, source.value));
      if (reason) context.report({ node: source, messageId: 'refused', data: { reason } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      // `import('x').Type`, a node of TypeScript's that ESTree's types do not know.
      TSImportType: (/** @type {any} */ node) => check(node.source ?? node.argument?.literal),
    };
  },
};

export const zonesPlugin = { meta: { name: 'layerscope' }, rules: { zones: rule } };

/** @param {string} absolute */
function projectPath(absolute) {
  return relative(projectFolder, absolute).split(sep).join('/');
}

/**
 * @param {string} fromFile
 * @param {string} specifier
 */
function target(fromFile, specifier) {
  if (specifier.startsWith('.')) return { path: projectPath(resolve(dirname(fromFile), specifier.replace(/\?.*$/, ''))) };
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return { node: specifier };
  const parts = specifier.split('/');
  return { package: specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier) };
}
