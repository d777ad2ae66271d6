/** Names of GTP's numbers (3GPP TS 29.060 §7.1 and §7.7, TS 29.281 §5.2; Wireshark's wording). */

export const MESSAGES: Readonly<Record<number, string>> = {
  0: 'For future use', 1: 'Echo request', 2: 'Echo response', 3: 'Version not supported', 4: 'Node alive request', 5: 'Node alive response', 6: 'Redirection request',
  7: 'Redirection response', 16: 'Create PDP context request', 17: 'Create PDP context response', 18: 'Update PDP context request', 19: 'Update PDP context response',
  20: 'Delete PDP context request', 21: 'Delete PDP context response', 22: 'Initiate PDP Context Activation Request', 23: 'Initiate PDP Context Activation Response',
  24: 'Delete AA PDP Context Request', 25: 'Delete AA PDP Context Response', 26: 'Error indication', 27: 'PDU notification request', 28: 'PDU notification response',
  29: 'PDU notification reject request', 30: 'PDU notification reject response', 31: 'Supported extension header notification',
  32: 'Send routing information for GPRS request', 33: 'Send routing information for GPRS response', 34: 'Failure report request', 35: 'Failure report response',
  36: 'Note MS GPRS present request', 37: 'Note MS GPRS present response', 48: 'Identification request', 49: 'Identification response', 50: 'SGSN context request',
  51: 'SGSN context response', 52: 'SGSN context acknowledgement', 53: 'Forward relocation request', 54: 'Forward relocation response', 55: 'Forward relocation complete',
  56: 'Relocation cancel request', 57: 'Relocation cancel response', 58: 'Forward SRNS context', 59: 'Forward relocation complete acknowledge',
  60: 'Forward SRNS context acknowledge', 61: 'UE Registration Query Request', 62: 'UE Registration Query Response', 70: 'RAN Information Relay',
  96: 'MBMS Notification Request', 97: 'MBMS Notification Response', 98: 'MBMS Notification Reject Request', 99: 'MBMS Notification Reject Response',
  100: 'Create MBMS Context Request', 101: 'Create MBMS Context Response', 102: 'Update MBMS Context Request', 103: 'Update MBMS Context Response',
  104: 'Delete MBMS Context Request', 105: 'Delete MBMS Context Response', 112: 'MBMS Registration Request', 113: 'MBMS Registration Response',
  114: 'MBMS De-Registration Request', 115: 'MBMS De-Registration Response', 116: 'MBMS Session Start Request', 117: 'MBMS Session Start Response',
  118: 'MBMS Session Stop Request', 119: 'MBMS Session Stop Response', 120: 'MBMS Session Update Request', 121: 'MBMS Session Update Response',
  128: 'MS Info Change Notification Request', 129: 'MS Info Change Notification Response', 240: 'Data record transfer request', 241: 'Data record transfer response',
  254: 'End Marker', 255: 'T-PDU',
};

export const EXTENSION_HEADERS: Readonly<Record<number, string>> = {
  0x00: 'No more extension headers', 0x01: 'MBMS support indication', 0x02: 'MS Info Change Reporting support indication', 0x03: 'Long PDCP PDU Number',
  0x20: 'Service Class Indicator', 0x40: 'UDP Port number', 0x81: 'RAN container', 0x82: 'Long PDCP PDU number', 0x83: 'Xw RAN container', 0x84: 'NR RAN container',
  0x85: 'PDU Session container', 0xc0: 'PDCP PDU number', 0xc1: 'Suspend Request', 0xc2: 'Suspend Response',
};

export const CAUSES: Readonly<Record<number, string>> = {
  0: 'Request IMSI', 1: 'Request IMEI', 2: 'Request IMSI and IMEI', 3: 'No identity needed', 4: 'MS refuses', 5: 'MS is not GPRS responding', 6: 'Reactivation Requested',
  7: 'PDP address inactivity timer expires', 59: 'System failure', 60: 'The transmit buffers are becoming full', 61: 'The receive buffers are becoming full',
  62: 'Another node is about to go down', 63: 'This node is about to go down', 128: 'Request accepted', 129: 'New PDP type due to network preference',
  130: 'New PDP type due to single address bearer only', 177: 'CDR decoding error', 192: 'Non-existent', 193: 'Invalid message format', 194: 'IMSI not known',
  195: 'MS is GPRS detached', 196: 'MS is not GPRS responding', 197: 'MS refuses', 198: 'Version not supported', 199: 'No resource available',
  200: 'Service not supported', 201: 'Mandatory IE incorrect', 202: 'Mandatory IE missing', 203: 'Optional IE incorrect', 204: 'System failure',
  205: 'Roaming restriction', 206: 'P-TMSI signature mismatch', 207: 'GPRS connection suspended', 208: 'Authentication failure', 209: 'User authentication failed',
  210: 'Context not found', 211: 'All PDP dynamic addresses are occupied', 212: 'No memory is available', 213: 'Relocation failure',
  214: 'Unknown mandatory extension header', 215: 'Semantic error in the TFT operation', 216: 'Syntactic error in the TFT operation',
  217: 'Semantic errors in packet filter(s)', 218: 'Syntactic errors in packet filter(s)', 219: 'Missing or unknown APN', 220: 'Unknown PDP address or PDP type',
  221: 'PDP context without TFT already activated', 222: 'APN access denied - no subscription',
  223: 'APN Restriction type incompatibility with currently active PDP Contexts', 224: 'MS MBMS Capabilities Insufficient', 225: 'Invalid Correlation-ID',
  226: 'MBMS Bearer Context Superseded', 227: 'Bearer Control Mode violation', 228: 'Collision with network initiated request', 229: 'APN Congestion',
  230: 'Bearer handling not supported', 231: 'Target access restricted for the subscriber', 232: 'UE is temporarily not reachable due to power saving',
  233: 'Relocation failure due to NAS message redirection', 252: 'Request related to possibly duplicated packets already fulfilled', 253: 'Request already fulfilled',
  254: 'Sequence numbers of released/cancelled packets IE incorrect', 255: 'Request not fulfilled',
};

export const SELECTION_MODES: Readonly<Record<number, string>> = {
  0: 'MS or network provided APN, subscribed verified', 1: 'MS provided APN, subscription not verified', 2: 'Network provided APN, subscription not verified',
  3: 'For future use (Network provided APN, subscription not verified',
};

export const RADIO_TYPES: Readonly<Record<number, string>> = {
  0: 'Reserved', 1: 'UTRAN', 2: 'GERAN', 3: 'WLAN', 4: 'GAN', 5: 'HSPA Evolution', 6: 'EUTRAN (WB-E-UTRAN)', 7: 'Virtual', 8: 'EUTRAN-NB-IoT',
};

export const LOCATIONS: Readonly<Record<number, string>> = {
  0: 'Cell Global Identification (CGI)', 1: 'Service Area Identity (SAI)', 2: 'Routing Area Identification (RAI)', 128: 'TAI', 129: 'ECGI', 130: 'TAI & ECGI',
  131: 'eNodeB ID', 132: 'TAI and eNodeB ID', 133: 'extended eNodeB ID', 134: 'TAI and extended eNodeB ID', 135: 'NCGI', 136: '5GS TAI', 137: '5GS TAI and NCGI',
  138: 'NG-RAN Node ID', 139: '5GS TAI and NG-RAN Node ID',
};
