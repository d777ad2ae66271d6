/** Extensions of hellos, certificates and tickets (RFC 8446 §4.2, RFC 6066 and others). */
import { takeDistinguishedNames } from './distinguished-names.ts';
import { takeEncryptedServerName } from './encrypted-server-name.ts';
import type { Carrier, ExtensionReader } from './extension-reader.ts';
import type { TlsLayer } from './fields.ts';
import type { HelloFacts } from './ja3.ts';
import { takeApplicationProtocols, takeApplicationSettings, takeKeyShare, takeNextProtocols, takePreSharedKey } from './extensions-negotiation.ts';
import { extensionName, STATUS_OCSP, STATUS_OCSP_MULTI } from './names.ts';
import { takeCertificateTimestamps } from './certificate-timestamps.ts';
import { takeSignatureAlgorithms } from './signatures.ts';
import { endVector, takeFixed, takeOpaque, takeOpaqueIfAny, takeVector } from './vectors.ts';

/** RFC 6066 §3. */
function takeServerNames(layer: TlsLayer, end: number): void {
  if (layer.cursor === end) return;
  layer.group(
    null,
    () => {
      const stop = takeVector(layer, 'handshake.extensions_server_name_list_len', 2, end);
      layer.each(() => {
        layer.take('handshake.extensions_server_name_type');
        takeOpaque(layer, 'handshake.extensions_server_name_len', 2, 'handshake.extensions_server_name', stop);
      }, stop);
    },
    () => 'Server Name Indication extension',
  );
}

function takeStatusRequest(layer: TlsLayer, end: number, carrier: Carrier): void {
  if (layer.cursor === end) return;
  const type = layer.take('handshake.extensions_status_request_type');
  if ((type !== STATUS_OCSP && type !== STATUS_OCSP_MULTI) || carrier !== 'client') {
    layer.cursor = end;
    return;
  }
  skipVector(layer, 'handshake.extensions_status_request_responder_ids_len', end);
  skipVector(layer, 'handshake.extensions_status_request_exts_len', end);
}

function skipVector(layer: TlsLayer, key: 'handshake.extensions_status_request_responder_ids_len' | 'handshake.extensions_status_request_exts_len', end: number): void {
  const stop = takeVector(layer, key, 2, end);
  if (stop > layer.cursor) layer.skip(stop - layer.cursor);
}

/** RFC 6961 §2.2: several kinds of status requests. */
function takeStatusRequests(layer: TlsLayer, end: number): void {
  if (layer.cursor === end) return;
  const stop = takeVector(layer, 'handshake.extensions_status_request_list_len', 2, end);
  layer.each(() => {
    layer.take('handshake.extensions_status_request_type');
    const requestEnd = takeVector(layer, 'handshake.extensions_status_request_len', 2, stop);
    if (requestEnd < 0) return;
    skipVector(layer, 'handshake.extensions_status_request_responder_ids_len', requestEnd);
    skipVector(layer, 'handshake.extensions_status_request_exts_len', requestEnd);
    endVector(layer, requestEnd);
  }, stop);
}

function takeGroups(layer: TlsLayer, end: number, _carrier: Carrier, hello: HelloFacts): void {
  const stop = takeVector(layer, 'handshake.extensions_supported_groups_length', 2, end);
  if (stop < 0) return;
  const count = (stop - layer.cursor) >> 1;
  layer.group('handshake.extensions_supported_groups', () => layer.each(() => hello.groups.push(layer.take('handshake.extensions_supported_group')), stop), () => `Supported Groups (${count} group${count === 1 ? '' : 's'})`);
}

function takePointFormats(layer: TlsLayer, end: number, _carrier: Carrier, hello: HelloFacts): void {
  const stop = takeVector(layer, 'handshake.extensions_ec_point_formats_length', 1, end);
  if (stop < 0) return;
  const count = stop - layer.cursor;
  layer.group('handshake.extensions_ec_point_formats', () => layer.each(() => hello.pointFormats.push(layer.take('handshake.extensions_ec_point_format')), stop), () => `Elliptic curves point formats (${count})`);
}

function takeRenegotiation(layer: TlsLayer, end: number): void {
  layer.group(
    null,
    () => {
      const stop = takeVector(layer, 'handshake.extensions_reneg_info_len', 1, end);
      if (stop > layer.cursor) layer.take('handshake.extensions_reneg_info', stop - layer.cursor);
    },
    () => 'Renegotiation Info extension',
  );
}

function takeSupportedVersions(layer: TlsLayer, end: number, carrier: Carrier): void {
  if (carrier !== 'client') {
    takeFixed(layer, 'handshake.extensions.supported_version', 2, end);
    return;
  }
  const stop = takeVector(layer, 'handshake.extensions.supported_versions_len', 1, end);
  layer.each(() => layer.take('handshake.extensions.supported_version'), stop);
}

function takePskModes(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'extension.psk_ke_modes_length', 1, end);
  layer.each(() => layer.take('extension.psk_ke_mode'), stop);
}

function takeCompressionAlgorithms(layer: TlsLayer, end: number): void {
  const stop = takeVector(layer, 'compress_certificate.algorithms_length', 1, end);
  layer.each(() => layer.take('compress_certificate.algorithm'), stop);
}

/** RFC 7250 §3, RFC 6091 §3: a list from the client, a choice from the server. */
function takeCertificateFormats(layer: TlsLayer, end: number, carrier: Carrier): void {
  if (carrier !== 'client') {
    takeFixed(layer, 'handshake.cert_type.type', 1, end);
    return;
  }
  const stop = takeVector(layer, 'handshake.cert_type.types_len', 1, end);
  if (stop < 0) return;
  const count = stop - layer.cursor;
  layer.group('handshake.cert_type.types', () => layer.each(() => layer.take('handshake.cert_type.type'), stop), () => `Certificate Type List (${count} type${count === 1 ? '' : 's'})`);
}

function takeEarlyData(layer: TlsLayer, end: number, carrier: Carrier): void {
  if (carrier === 'ticket') takeFixed(layer, 'early_data.max_early_data_size', 4, end);
}

function takeData(layer: TlsLayer, end: number): void {
  const length = end - layer.cursor;
  layer.take('handshake.extension.data', length);
}

const nothing: ExtensionReader = () => undefined;

const READERS: Readonly<Record<number, ExtensionReader>> = {
  0: takeServerNames,
  1: (layer, end) => takeFixed(layer, 'handshake.max_fragment_length', 1, end),
  5: takeStatusRequest,
  9: takeCertificateFormats,
  10: takeGroups,
  11: takePointFormats,
  12: (layer, end) => takeOpaque(layer, 'handshake.extensions_srp_len', 1, 'handshake.extensions_srp_username', end),
  13: (layer, end) => takeSignatureAlgorithms(layer, end),
  // DTLS for SRTP says nothing in a stream.
  14: nothing,
  15: (layer, end) => takeFixed(layer, 'handshake.extension.heartbeat.mode', 1, end),
  16: takeApplicationProtocols,
  17: takeStatusRequests,
  18: takeCertificateTimestamps,
  19: takeCertificateFormats,
  20: takeCertificateFormats,
  21: (layer, end) => layer.take('handshake.extensions_padding_data', end - layer.cursor),
  22: nothing,
  23: nothing,
  27: takeCompressionAlgorithms,
  28: (layer, end) => takeFixed(layer, 'record_size_limit', 2, end),
  34: (layer, end) => takeSignatureAlgorithms(layer, end),
  40: takeKeyShare,
  41: takePreSharedKey,
  42: takeEarlyData,
  43: takeSupportedVersions,
  44: (layer, end) => takeOpaque(layer, 'handshake.extensions.cookie_len', 2, 'handshake.extensions.cookie', end),
  45: takePskModes,
  47: (layer, end) => takeDistinguishedNames(layer, end),
  49: nothing,
  50: (layer, end) => takeSignatureAlgorithms(layer, end),
  51: takeKeyShare,
  53: (layer, end) => takeOpaqueIfAny(layer, 'connection_id_length', 1, 'connection_id', end),
  54: (layer, end) => takeOpaqueIfAny(layer, 'connection_id_length', 1, 'connection_id', end),
  13172: takeNextProtocols,
  17513: takeApplicationSettings,
  65281: takeRenegotiation,
  65486: takeEncryptedServerName,
};

function takeExtension(layer: TlsLayer, stop: number, carrier: Carrier, hello: HelloFacts): void {
  const type = layer.take('handshake.extension.type');
  hello.extensions.push(type);
  const end = takeVector(layer, 'handshake.extension.len', 2, stop);
  if (end < 0 || layer.broken) return;
  (READERS[type] ?? takeData)(layer, end, carrier, hello);
  endVector(layer, end);
}

/** Reads the list of extensions at the cursor, which must fit before `end`. */
export function takeExtensions(layer: TlsLayer, end: number, carrier: Carrier, hello: HelloFacts): void {
  const stop = takeVector(layer, 'handshake.extensions_length', 2, end);
  if (stop < 0) return;
  layer.each(() => {
    if (stop - layer.cursor < 4) return;
    const type = layer.peekU16();
    const length = layer.peekU16(2);
    layer.group(null, () => takeExtension(layer, stop, carrier, hello), () => `Extension: ${extensionName(type) ?? `Unknown type ${type}`} (len=${length})`);
  }, stop);
  endVector(layer, stop);
}
