/** Saves a text as a file of the user's: browsers do it on their own, Electron asks where. */
export function saveText(page: Document, name: string, text: string): void {
  // As text/plain browsers would add ".txt" to names without an ending, which Wireshark's are.
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = page.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then, and holds what it needs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
