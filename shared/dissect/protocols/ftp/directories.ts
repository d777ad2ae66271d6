/** Directories, as commands change them and as answers tell them. */

/** Where `CWD path` leads from a directory; "." and ".." are resolved. */
export function changeDirectory(directory: string, path: string): string {
  if (path.startsWith('/')) return path;
  if (directory === '') return path;
  const parts: string[] = [];
  for (const part of `${directory}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return (directory.startsWith('/') ? '/' : '') + parts.join('/');
}

/** RFC 959, appendix II: the path stands in quotes, quotes within it are doubled; null where it does not. */
export function readDirectory(words: string): string | null {
  const match = /^"((?:[^"\r\n]|"")*)"/.exec(words);
  return match === null ? null : (match[1] ?? '').replaceAll('""', '"');
}
