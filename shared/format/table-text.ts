/** Rows of texts as other programs take them. What they say is never changed, only written so that it is read back the same. */

/** CSV (RFC 4180): every field in quotation marks, so that commas, line ends and leading zeros stay what they are. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** Columns divided by tabs; a tab or line end within a cell becomes a space, as a row is one line. */
export function plainLine(cells: readonly string[]): string {
  return `${cells.map((cell) => cell.replace(/[\t\r\n]/g, ' ')).join('\t')}\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** A table's row; `cell` is "th" for titles. */
export function htmlLine(cells: readonly string[], cell: 'th' | 'td'): string {
  return `<tr>${cells.map((text) => `<${cell}>${escapeHtml(text)}</${cell}>`).join('')}</tr>\n`;
}

/** A text in quotation marks, as YAML 1.2 and JSON alike read it (YAML 1.2 §1.3). */
export function yamlText(text: string): string {
  return JSON.stringify(text);
}

/** Bytes as YAML's `!!binary`: base64 in lines of 76 characters (RFC 2045 §6.8), indented under their key. */
export function yamlBinary(bytes: Uint8Array): string {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  const lines = btoa(characters).match(/.{1,76}/g) ?? [];
  return lines.length === 0 ? '!!binary ""\n' : `!!binary |\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
