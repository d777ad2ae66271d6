/** Decode As: the user says what comes on a port or under a protocol number, whatever it looks like. */
import { call } from './define.ts';
import { DECODE_TABLES } from './plain-values.ts';
import { z } from './schema.ts';

const uint = z.int().nonnegative();
const protocolId = z.string().min(1).max(64);

const decodeKey = { table: z.enum(DECODE_TABLES), key: uint.max(0xffff) };

export const decodeEntry = z.object({ ...decodeKey, protocol: protocolId });

export const decodeContract = {
  /** What of a packet can be decoded as something else, the likeliest first, with what its number stands for (null: nothing that is known); and what each table's numbers can stand for. */
  'decode.choices': call(
    z.object({ number: uint }),
    z.object({
      keys: z.array(z.object({ ...decodeKey, protocol: z.nullable(protocolId) })).max(64),
      protocols: z.array(z.object({ table: z.enum(DECODE_TABLES), choices: z.array(z.object({ id: protocolId, title: z.string().max(256) })).max(1024) })).max(DECODE_TABLES.length),
    }),
  ),
} as const;

export type DecodeEntry = z.infer<typeof decodeEntry>;
