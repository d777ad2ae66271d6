/** Words for the numbers in media attributes. */

/** ISO/IEC 14496-2 annex G. */
export const MPEG4_PROFILES: Readonly<Record<number, string>> = {
  0: 'Reserved',
  1: 'Simple Profile/Level 1',
  2: 'Simple Profile/Level 2',
  3: 'Reserved',
  4: 'Reserved',
  5: 'Reserved',
  6: 'Reserved',
  7: 'Reserved',
  8: 'Simple Profile/Level 0',
  9: 'Simple Profile/Level 0b',
  17: 'Simple Scalable Profile/Level 1',
  18: 'Simple Scalable Profile/Level 2',
  33: 'Core Profile/Level 1',
  34: 'Core Profile/Level 2',
  50: 'Main Profile/Level 2',
  51: 'Main Profile/Level 3',
  52: 'Main Profile/Level 4',
  66: 'N-bit Profile/Level 2',
  81: 'Scalable Texture Profile/Level 1',
  97: 'Simple Face Animation Profile/Level 1',
  98: 'Simple Face Animation Profile/Level 2',
  99: 'Simple FBA Profile/Level 1',
  100: 'Simple FBA Profile/Level 2',
  113: 'Basic Animated Texture Profile/Level 1',
  114: 'Basic Animated Texture Profile/Level 2',
  129: 'Hybrid Profile/Level 1',
  130: 'Hybrid Profile/Level 2',
  145: 'Advanced Real Time Simple Profile/Level 1',
  146: 'Advanced Real Time Simple Profile/Level 2',
  147: 'Advanced Real Time Simple Profile/Level 3',
  148: 'Advanced Real Time Simple Profile/Level 4',
  161: 'Core Scalable Profile/Level 1',
  162: 'Core Scalable Profile/Level 2',
  163: 'Core Scalable Profile/Level 3',
  177: 'Advanced Coding Efficiency Profile/Level 1',
  178: 'Advanced Coding Efficiency Profile/Level 2',
  179: 'Advanced Coding Efficiency Profile/Level 3',
  180: 'Advanced Coding Efficiency Profile/Level 4',
  193: 'Advanced Core Profile/Level 1',
  194: 'Advanced Core Profile/Level 2',
  209: 'Advanced Scalable Texture/Level 1',
  210: 'Advanced Scalable Texture/Level 2',
  211: 'Advanced Scalable Texture/Level 3',
  225: 'Simple Studio Profile/Level 1',
  226: 'Simple Studio Profile/Level 2',
  227: 'Simple Studio Profile/Level 3',
  228: 'Simple Studio Profile/Level 4',
  229: 'Core Studio Profile/Level 1',
  230: 'Core Studio Profile/Level 2',
  231: 'Core Studio Profile/Level 3',
  232: 'Core Studio Profile/Level 4',
  240: 'Advanced Simple Profile/Level 0',
  241: 'Advanced Simple Profile/Level 1',
  242: 'Advanced Simple Profile/Level 2',
  243: 'Advanced Simple Profile/Level 3',
  244: 'Advanced Simple Profile/Level 4',
  245: 'Advanced Simple Profile/Level 5',
  248: 'Fine Granularity Scalable Profile/Level 0',
  249: 'Fine Granularity Scalable Profile/Level 1',
  250: 'Fine Granularity Scalable Profile/Level 2',
  251: 'Fine Granularity Scalable Profile/Level 3',
  252: 'Fine Granularity Scalable Profile/Level 4',
  253: 'Fine Granularity Scalable Profile/Level 5',
  254: 'Reserved',
  255: 'Reserved for Escape',
};

/** ITU-T H.263 annex X. */
export const H263_PROFILES: Readonly<Record<number, string>> = {
  0: 'Baseline Profile',
  1: 'H.320 Coding Efficiency Version 2 Backward-Compatibility Profile',
  2: 'Version 1 Backward-Compatibility Profile',
  3: 'Version 2 Interactive and Streaming Wireless Profile',
  4: 'Version 3 Interactive and Streaming Wireless Profile',
  5: 'Conversational High Compression Profile',
  6: 'Conversational Internet Profile',
  7: 'Conversational Interlace Profile',
  8: 'High Latency Profile',
};

/** ITU-T H.263 annex X. */
export const H263_LEVELS: Readonly<Record<number, string>> = {
  10: 'QCIF (176 x 144), 1 x 64Kb/s',
  20: 'CIF (352 x 288), 2 x 64Kb/s',
  30: 'CIF (352 x 288), 6 x 64Kb/s',
  40: 'CIF (352 x 288), 32 x 64Kb/s',
  45: 'QCIF (176 x144) support of CPFMT, 2 x 64Kb/s',
  50: 'CIF (352 x 288) support of CPFMT, 64 x 64Kb/s',
  60: 'CPFMT: 720 x 288 support of CPFMT, 128 x 64Kb/s',
  70: 'CPFMT: 720 x 576 support of CPFMT, 256 x 64Kb/s',
};

/** RFC 6184 §8.1. */
export const H264_PACKETIZATION: Readonly<Record<number, string>> = { 0: 'Single NAL mode', 1: 'Non-interleaved mode', 2: 'Interleaved mode' };

/** RFC 4566 §5.8. */
export const BANDWIDTHS: Readonly<Record<string, string>> = { CT: 'Conference Total(total bandwidth of all RTP sessions)', AS: 'Application Specific (RTP session bandwidth)', TIAS: 'Transport Independent Application Specific maximum' };

/** RFC 8839 §5.1. */
export const CANDIDATE_TYPES: Readonly<Record<string, string>> = { host: 'Host candidate', srflx: 'Server reflexive candidate', prflx: 'Peer reflexive candidate', relay: 'Relayed candidate' };
