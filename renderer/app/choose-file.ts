/** The browser's own file dialog; null when the user chose nothing. */
export function chooseFile(page: Document): Promise<File | null> {
  return new Promise((resolve) => {
    const input = page.createElement('input');
    input.type = 'file';
    // No `accept`: captures are told by their content, and come with any name.
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.click();
  });
}
