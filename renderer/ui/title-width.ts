/** How wide the title of a table's column is. Measured, because faces differ from system to system. */

/** CSS pixels by title. */
const known = new Map<string, number>();
let measuring: CanvasRenderingContext2D | null | undefined;

/** CSS pixels of a title as titles.module.css has them; 0 in a page that cannot draw. */
export function titleWidth(title: string): number {
  const measured = known.get(title);
  if (measured !== undefined) return measured;
  measuring ??= titleFace(document);
  const width = measuring?.measureText(title).width ?? 0;
  known.set(title, width);
  return width;
}

function titleFace(page: Document): CanvasRenderingContext2D | null {
  const context = page.createElement('canvas').getContext('2d');
  if (context === null) return null;
  const tokens = getComputedStyle(page.documentElement);
  context.font = ['--weight-strong', '--text-row', '--ui'].map((token) => tokens.getPropertyValue(token)).join(' ');
  return context;
}
