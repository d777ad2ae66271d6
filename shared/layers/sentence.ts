/** A sentence with stressed words and packet numbers in it, which the window draws as links. */

export type SentencePart = string | { readonly strong: string } | { readonly packet: number };
export type Sentence = readonly SentencePart[];

export function strong(text: string | number): SentencePart {
  return { strong: String(text) };
}

export function packetLink(packet: number): SentencePart {
  return { packet };
}

/** Template tag: `say\`answered in ${packetLink(9)}.\``. Empty parts are left out. */
export function say(texts: TemplateStringsArray, ...parts: readonly SentencePart[]): Sentence {
  const sentence: SentencePart[] = [];
  texts.forEach((text, index) => {
    if (text !== '') sentence.push(text);
    const part = parts[index];
    if (part !== undefined && part !== '') sentence.push(part);
  });
  return sentence;
}

/** The sentence without its marks, for screen readers and for copying. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : 'strong' in part ? part.strong : String(part.packet))).join('');
}
