/** Marks for packets that end too early: pseudo protocols, as in Wireshark. */
import { protocol } from '../define.ts';

/** The bytes contradict the protocol: a header or field reaches past the packet's own end. */
export const malformed = protocol({ id: '_ws.malformed', title: 'Malformed Packet', short: 'Malformed', spec: 'None', osi: 7, fields: () => ({}), parse: () => undefined });

/** The capture kept fewer bytes than the packet had (snapshot length). */
export const short = protocol({ id: '_ws.short', title: 'Packet size limited during capture', short: 'Short', spec: 'None', osi: 7, fields: () => ({}), parse: () => undefined });
