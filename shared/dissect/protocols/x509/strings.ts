/** The strings of X.520 §6.1 that names and many attributes are made of. */
import { bits, choice, text } from '../../ber/notation.ts';
import { SAT } from './modules.ts';

const { part } = SAT;

export const DirectoryString = choice(
  part('teletexString', text('teletex')),
  part('printableString', text('printable')),
  part('universalString', text('universal')),
  part('bmpString', text('bmp')),
  part('uTF8String', text('utf8')),
);

export const UniqueIdentifier = bits();
