/** WebSocket close codes of the web host (renderer/ipc/ws-channel.ts says the same). */
export const closeCodes = {
  /** The capture is not open (any more). */
  notFound: 4004,
  /** Another window is connected under this window id. */
  windowInUse: 4009,
} as const;
