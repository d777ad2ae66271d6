/** Mechanisms of the GSS-API and the protocols that read their tokens. */

export interface Mechanism {
  readonly name: string;
  readonly protocol: 'spnego' | 'spnego-krb5' | 'ntlmssp';
}

const MECHANISMS: Readonly<Record<string, Mechanism>> = {
  '1.3.6.1.5.5.2': { name: 'SPNEGO - Simple Protected Negotiation', protocol: 'spnego' },
  '1.2.840.113554.1.2.2': { name: 'KRB5 - Kerberos 5', protocol: 'spnego-krb5' },
  '1.2.840.113554.1.2.2.3': { name: 'KRB5 - Kerberos 5 - User to User', protocol: 'spnego-krb5' },
  '1.2.840.48018.1.2.2': { name: 'MS KRB5 - Microsoft Kerberos 5', protocol: 'spnego-krb5' },
  '1.3.6.1.4.1.311.2.2.10': { name: 'NTLMSSP - Microsoft NTLM Security Support Provider', protocol: 'ntlmssp' },
};

/** Names of mechanisms by object identifier, also of those whose tokens are not read. */
export const MECHANISM_NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(MECHANISMS).map(([oid, { name }]) => [oid, name])),
  '1.3.6.1.4.1.311.2.2.30': 'NEGOEX - SPNEGO Extended Negotiation Security Mechanism',
};

export function mechanismOf(oid: string): Mechanism | undefined {
  return Object.hasOwn(MECHANISMS, oid) ? MECHANISMS[oid] : undefined;
}
