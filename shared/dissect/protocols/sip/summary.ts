/** What the headers say that the message as a whole depends on. */
export interface Summary {
  callId: string;
  sequence: number;
  sequenceMethod: string;
  hasToTag: boolean;
  /** Contacts, those among them that expire at once, and "*" for all. */
  contacts: number;
  expiringContacts: number;
  hasStarContact: boolean;
  /** -1 where there is none. */
  expires: number;
  contentLength: number;
  contentType: string;
}

export function emptySummary(): Summary {
  return { callId: '', sequence: -1, sequenceMethod: '', hasToTag: false, contacts: 0, expiringContacts: 0, hasStarContact: false, expires: -1, contentLength: -1, contentType: '' };
}
