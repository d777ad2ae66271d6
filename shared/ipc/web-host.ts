/** What the page and the web host have to agree on besides the contracts. */

/** WebSocket close codes of the host. */
export const closeCodes = {
  /** The capture is not open (any more). */
  notFound: 4004,
  /** Another page is connected under this window id. */
  windowInUse: 4009,
} as const;

/**
 * The page's key, which it shows for every connection and upload. Browsers send
 * cookies to every port of a host, so that another server on this machine could
 * learn ours; what a page stores belongs to its port alone.
 */
export const pageKeyStorage = 'layerscope.key';
/** The subprotocol of every WebSocket; the key is offered as a second one, which the host never chooses. */
export const socketProtocol = 'layerscope.v1';
export const pageKeyHeader = 'x-layerscope-key';
