/** The command is wrong as it stands: told in one line, exit status 2. */
export class CommandError extends Error {}
