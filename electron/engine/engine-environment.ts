/**
 * What an engine, as a Node process, inherits of this one's environment: all but the list of further certificates, which
 * Node reads at every start where a company has set it (25 to 40 ms for the usual list). An engine opens no sockets.
 */
export function engineEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  delete environment['NODE_EXTRA_CA_CERTS'];
  return environment;
}
