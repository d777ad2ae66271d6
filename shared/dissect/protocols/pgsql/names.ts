/** Names of PostgreSQL's messages (PostgreSQL 15 §55.7), by their letters, and of kinds of authentication. */

export const AUTHENTICATION_TYPES: Readonly<Record<number, string>> = {
  0: 'Success', 1: 'Kerberos V4', 2: 'Kerberos V5', 3: 'Plaintext password', 4: 'crypt()ed password', 5: 'MD5 password', 6: 'SCM credentials', 7: 'GSSAPI', 8: 'GSSAPI/SSPI continue',
  9: 'SSPI', 10: 'SASL', 11: 'SASL continue', 12: 'SASL complete',
};

export const FRONTEND_MESSAGES: Readonly<Record<string, string>> = {
  p: 'Password message', Q: 'Simple query', P: 'Parse', B: 'Bind', E: 'Execute', D: 'Describe', C: 'Close', H: 'Flush', S: 'Sync', F: 'Function call', d: 'Copy data', c: 'Copy completion', f: 'Copy failure', X: 'Termination',
};

export const BACKEND_MESSAGES: Readonly<Record<string, string>> = {
  R: 'Authentication request', K: 'Backend key data', S: 'Parameter status', 1: 'Parse completion', 2: 'Bind completion', 3: 'Close completion', C: 'Command completion', Z: 'Ready for query', T: 'Row description',
  t: 'Parameter description', H: 'CopyOut response', G: 'CopyIn response', D: 'Data row', I: 'Empty query', E: 'Error', N: 'Notice', A: 'Notification', V: 'Function call response', v: 'Negotiate protocol version',
  n: 'No data', s: 'Portal suspended', d: 'Copy data', c: 'Copy completion',
};
