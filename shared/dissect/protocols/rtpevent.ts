/** Keys and tones of telephones as numbers instead of sound (RFC 4733). */
import { protocol } from '../define.ts';
import type { Fields } from '../field.ts';
import { EVENT_NAMES } from './rtp/event-names.ts';

const YES_NO = ['True', 'False'] as const;

const fields = () => ({
  'event_id': { type: 'u8', label: 'Event ID', names: EVENT_NAMES, help: 'Which key was pressed, or which tone is heard.' },
  'end_of_event': { type: 'bool', label: 'End of Event', mask: 0x80, states: YES_NO },
  'reserved': { type: 'bool', label: 'Reserved', mask: 0x40, states: YES_NO },
  'volume': { type: 'u8', label: 'Volume', mask: 0x3f, help: 'Decibels below the loudest tone.' },
  'duration': { type: 'u16', label: 'Event Duration', help: 'How long the key has been held so far, in ticks of the RTP clock.' },
} as const satisfies Fields);

export const rtpevent = protocol({
  id: 'rtpevent',
  title: 'RFC 2833 RTP Event',
  short: 'RTP EVENT',
  spec: 'RFC 4733 §2.3',
  osi: 7,
  fields,
  parse(layer) {
    layer.protocolName('RTP EVENT');
    const event = layer.take('event_id');
    const isEnd = layer.peekU8() > 0x7f;
    if (layer.broken) return;
    const tell = (): string => `${EVENT_NAMES[event] ?? `Unknown (${event})`}${isEnd ? ' (end)' : ''}`;
    layer.info(() => `Payload type=RTP Event, ${tell()}`);
    layer.summary(tell);
    layer.at('end_of_event', layer.cursor);
    layer.at('reserved', layer.cursor);
    layer.take('volume');
    layer.take('duration');
  },
});
