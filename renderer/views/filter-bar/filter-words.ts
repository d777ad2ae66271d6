/** What the words of a filter are, for their colours only: the engine alone knows the language. */

export interface FilterWord {
  readonly start: number;
  readonly end: number;
  readonly kind: 'name' | 'operator' | 'value';
}

/** A string, a value, a name, an operator. */
const parts = /(r?"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|((?:0x[\da-f]+|\d)[\da-f.:/-]*(?![\w]))|([A-Za-z_][\w.-]*)|([=!<>~&|^]+|\.\.)/gi;
const operatorWords = new Set(['and', 'or', 'xor', 'not', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'contains', 'matches', 'in', 'any', 'all', 'any_eq', 'all_eq', 'any_ne', 'all_ne', 'bitand', 'bitwise_and']);

export function wordsOf(text: string): readonly FilterWord[] {
  return [...text.matchAll(parts)].map((match) => {
    const [whole, string, value, name] = match;
    const isOperator = name === undefined ? string === undefined && value === undefined : operatorWords.has(name);
    return { start: match.index, end: match.index + whole.length, kind: isOperator ? 'operator' : name === undefined ? 'value' : 'name' };
  });
}
