/** Names of numbers in MySQL. */

export const BINLOG_EVENTS: Readonly<Record<number, string>> = {
  0: 'Unknown', 1: 'START_EVENT_V3', 2: 'Query', 3: 'Stop', 4: 'Rotate', 5: 'Intvar', 7: 'SLAVE_EVENT', 9: 'Append_block', 11: 'Delete_file', 13: 'RAND', 14: 'User_var', 15: 'Format_desc',
  16: 'Xid', 17: 'Begin_load_query', 18: 'Execute_load_query', 19: 'Table_map', 23: 'Write_rows_v1', 24: 'Update_rows_v1', 25: 'Delete_rows_v1', 26: 'Incident', 27: 'Heartbeat',
  28: 'Ignorable', 29: 'Rows_query', 30: 'Write_rows', 31: 'Update_rows', 32: 'Delete_rows', 33: 'Gtid', 34: 'Anonymous_Gtid', 35: 'Previous_gtids', 36: 'Transaction_context',
  37: 'View_change', 38: 'XA_prepare', 39: 'Update_rows_partial', 40: 'Transaction_payload', 41: 'Heartbeat_v2',
};

export const CHARSETS: Readonly<Record<number, string>> = {
  3: 'dec8 COLLATE dec8_swedish_ci', 4: 'cp850 COLLATE cp850_general_ci', 5: 'latin1 COLLATE latin1_german1_ci', 6: 'hp8 COLLATE hp8_english_ci', 7: 'koi8r COLLATE koi8r_general_ci',
  8: 'latin1 COLLATE latin1_swedish_ci', 9: 'latin2 COLLATE latin2_general_ci', 10: 'swe7 COLLATE swe7_swedish_ci', 11: 'ascii COLLATE ascii_general_ci',
  14: 'cp1251 COLLATE cp1251_bulgarian_ci', 15: 'latin1 COLLATE latin1_danish_ci', 16: 'hebrew COLLATE hebrew_general_ci', 20: 'latin7 COLLATE latin7_estonian_cs',
  21: 'latin2 COLLATE latin2_hungarian_ci', 22: 'koi8u COLLATE koi8u_general_ci', 23: 'cp1251 COLLATE cp1251_ukrainian_ci', 25: 'greek COLLATE greek_general_ci',
  26: 'cp1250 COLLATE cp1250_general_ci', 27: 'latin2 COLLATE latin2_croatian_ci', 29: 'cp1257 COLLATE cp1257_lithuanian_ci', 30: 'latin5 COLLATE latin5_turkish_ci',
  31: 'latin1 COLLATE latin1_german2_ci', 32: 'armscii8 COLLATE armscii8_general_ci', 33: 'utf8 COLLATE utf8_general_ci', 36: 'cp866 COLLATE cp866_general_ci',
  37: 'keybcs2 COLLATE keybcs2_general_ci', 38: 'macce COLLATE macce_general_ci', 39: 'macroman COLLATE macroman_general_ci', 40: 'cp852 COLLATE cp852_general_ci',
  41: 'latin7 COLLATE latin7_general_ci', 42: 'latin7 COLLATE latin7_general_cs', 43: 'macce COLLATE macce_bin', 44: 'cp1250 COLLATE cp1250_croatian_ci',
  45: 'utf8mb4 COLLATE utf8mb4_general_ci', 46: 'utf8mb4 COLLATE utf8mb4_bin', 47: 'latin1 COLLATE latin1_bin', 48: 'latin1 COLLATE latin1_general_ci', 49: 'latin1 COLLATE latin1_general_cs',
  50: 'cp1251 COLLATE cp1251_bin', 51: 'cp1251 COLLATE cp1251_general_ci', 52: 'cp1251 COLLATE cp1251_general_cs', 53: 'macroman COLLATE macroman_bin', 57: 'cp1256 COLLATE cp1256_general_ci',
  58: 'cp1257 COLLATE cp1257_bin', 59: 'cp1257 COLLATE cp1257_general_ci', 63: 'binary COLLATE binary', 64: 'armscii8 COLLATE armscii8_bin', 65: 'ascii COLLATE ascii_bin',
  66: 'cp1250 COLLATE cp1250_bin', 67: 'cp1256 COLLATE cp1256_bin', 68: 'cp866 COLLATE cp866_bin', 69: 'dec8 COLLATE dec8_bin', 70: 'greek COLLATE greek_bin', 71: 'hebrew COLLATE hebrew_bin',
  72: 'hp8 COLLATE hp8_bin', 73: 'keybcs2 COLLATE keybcs2_bin', 74: 'koi8r COLLATE koi8r_bin', 75: 'koi8u COLLATE koi8u_bin', 77: 'latin2 COLLATE latin2_bin', 78: 'latin5 COLLATE latin5_bin',
  79: 'latin7 COLLATE latin7_bin', 80: 'cp850 COLLATE cp850_bin', 81: 'cp852 COLLATE cp852_bin', 82: 'swe7 COLLATE swe7_bin', 83: 'utf8 COLLATE utf8_bin',
  92: 'geostd8 COLLATE geostd8_general_ci', 93: 'geostd8 COLLATE geostd8_bin', 94: 'latin1 COLLATE latin1_spanish_ci', 99: 'cp1250 COLLATE cp1250_polish_ci',
  192: 'utf8 COLLATE utf8_unicode_ci', 193: 'utf8 COLLATE utf8_icelandic_ci', 194: 'utf8 COLLATE utf8_latvian_ci', 195: 'utf8 COLLATE utf8_romanian_ci', 196: 'utf8 COLLATE utf8_slovenian_ci',
  197: 'utf8 COLLATE utf8_polish_ci', 198: 'utf8 COLLATE utf8_estonian_ci', 199: 'utf8 COLLATE utf8_spanish_ci', 200: 'utf8 COLLATE utf8_swedish_ci', 201: 'utf8 COLLATE utf8_turkish_ci',
  202: 'utf8 COLLATE utf8_czech_ci', 203: 'utf8 COLLATE utf8_danish_ci', 204: 'utf8 COLLATE utf8_lithuanian_ci', 205: 'utf8 COLLATE utf8_slovak_ci', 206: 'utf8 COLLATE utf8_spanish2_ci',
  207: 'utf8 COLLATE utf8_roman_ci', 208: 'utf8 COLLATE utf8_persian_ci', 209: 'utf8 COLLATE utf8_esperanto_ci', 210: 'utf8 COLLATE utf8_hungarian_ci', 211: 'utf8 COLLATE utf8_sinhala_ci',
  212: 'utf8 COLLATE utf8_german2_ci', 213: 'utf8 COLLATE utf8_croatian_ci', 214: 'utf8 COLLATE utf8_unicode_520_ci', 215: 'utf8 COLLATE utf8_vietnamese_ci',
  223: 'utf8 COLLATE utf8_general_mysql500_ci', 224: 'utf8mb4 COLLATE utf8mb4_unicode_ci', 225: 'utf8mb4 COLLATE utf8mb4_icelandic_ci', 226: 'utf8mb4 COLLATE utf8mb4_latvian_ci',
  227: 'utf8mb4 COLLATE utf8mb4_romanian_ci', 228: 'utf8mb4 COLLATE utf8mb4_slovenian_ci', 229: 'utf8mb4 COLLATE utf8mb4_polish_ci', 230: 'utf8mb4 COLLATE utf8mb4_estonian_ci',
  231: 'utf8mb4 COLLATE utf8mb4_spanish_ci', 232: 'utf8mb4 COLLATE utf8mb4_swedish_ci', 233: 'utf8mb4 COLLATE utf8mb4_turkish_ci', 234: 'utf8mb4 COLLATE utf8mb4_czech_ci',
  235: 'utf8mb4 COLLATE utf8mb4_danish_ci', 236: 'utf8mb4 COLLATE utf8mb4_lithuanian_ci', 237: 'utf8mb4 COLLATE utf8mb4_slovak_ci', 238: 'utf8mb4 COLLATE utf8mb4_spanish2_ci',
  239: 'utf8mb4 COLLATE utf8mb4_roman_ci', 240: 'utf8mb4 COLLATE utf8mb4_persian_ci', 241: 'utf8mb4 COLLATE utf8mb4_esperanto_ci', 242: 'utf8mb4 COLLATE utf8mb4_hungarian_ci',
  243: 'utf8mb4 COLLATE utf8mb4_sinhala_ci', 244: 'utf8mb4 COLLATE utf8mb4_german2_ci', 245: 'utf8mb4 COLLATE utf8mb4_croatian_ci', 246: 'utf8mb4 COLLATE utf8mb4_unicode_520_ci',
  247: 'utf8mb4 COLLATE utf8mb4_vietnamese_ci', 248: 'gb18030 COLLATE gb18030_chinese_ci', 249: 'gb18030 COLLATE gb18030_bin', 250: 'gb18030 COLLATE gb18030_unicode_520_ci',
  255: 'utf8mb4 COLLATE utf8mb4_0900_ai_ci', 256: 'utf8mb4 COLLATE utf8mb4_de_pb_0900_ai_ci', 257: 'utf8mb4 COLLATE utf8mb4_is_0900_ai_ci', 258: 'utf8mb4 COLLATE utf8mb4_lv_0900_ai_ci',
  259: 'utf8mb4 COLLATE utf8mb4_ro_0900_ai_ci', 260: 'utf8mb4 COLLATE utf8mb4_sl_0900_ai_ci', 261: 'utf8mb4 COLLATE utf8mb4_pl_0900_ai_ci', 262: 'utf8mb4 COLLATE utf8mb4_et_0900_ai_ci',
  263: 'utf8mb4 COLLATE utf8mb4_es_0900_ai_ci', 264: 'utf8mb4 COLLATE utf8mb4_sv_0900_ai_ci', 265: 'utf8mb4 COLLATE utf8mb4_tr_0900_ai_ci', 266: 'utf8mb4 COLLATE utf8mb4_cs_0900_ai_ci',
  267: 'utf8mb4 COLLATE utf8mb4_da_0900_ai_ci', 268: 'utf8mb4 COLLATE utf8mb4_lt_0900_ai_ci', 269: 'utf8mb4 COLLATE utf8mb4_sk_0900_ai_ci', 270: 'utf8mb4 COLLATE utf8mb4_es_trad_0900_ai_ci',
  271: 'utf8mb4 COLLATE utf8mb4_la_0900_ai_ci', 273: 'utf8mb4 COLLATE utf8mb4_eo_0900_ai_ci', 274: 'utf8mb4 COLLATE utf8mb4_hu_0900_ai_ci', 275: 'utf8mb4 COLLATE utf8mb4_hr_0900_ai_ci',
  277: 'utf8mb4 COLLATE utf8mb4_vi_0900_ai_ci', 278: 'utf8mb4 COLLATE utf8mb4_0900_as_cs', 279: 'utf8mb4 COLLATE utf8mb4_de_pb_0900_as_cs', 280: 'utf8mb4 COLLATE utf8mb4_is_0900_as_cs',
  281: 'utf8mb4 COLLATE utf8mb4_lv_0900_as_cs', 282: 'utf8mb4 COLLATE utf8mb4_ro_0900_as_cs', 283: 'utf8mb4 COLLATE utf8mb4_sl_0900_as_cs', 284: 'utf8mb4 COLLATE utf8mb4_pl_0900_as_cs',
  285: 'utf8mb4 COLLATE utf8mb4_et_0900_as_cs', 286: 'utf8mb4 COLLATE utf8mb4_es_0900_as_cs', 287: 'utf8mb4 COLLATE utf8mb4_sv_0900_as_cs', 288: 'utf8mb4 COLLATE utf8mb4_tr_0900_as_cs',
  289: 'utf8mb4 COLLATE utf8mb4_cs_0900_as_cs', 290: 'utf8mb4 COLLATE utf8mb4_da_0900_as_cs', 291: 'utf8mb4 COLLATE utf8mb4_lt_0900_as_cs', 292: 'utf8mb4 COLLATE utf8mb4_sk_0900_as_cs',
  293: 'utf8mb4 COLLATE utf8mb4_es_trad_0900_as_cs', 294: 'utf8mb4 COLLATE utf8mb4_la_0900_as_cs', 296: 'utf8mb4 COLLATE utf8mb4_eo_0900_as_cs', 297: 'utf8mb4 COLLATE utf8mb4_hu_0900_as_cs',
  298: 'utf8mb4 COLLATE utf8mb4_hr_0900_as_cs', 300: 'utf8mb4 COLLATE utf8mb4_vi_0900_as_cs', 303: 'utf8mb4 COLLATE utf8mb4_ja_0900_as_cs', 304: 'utf8mb4 COLLATE utf8mb4_ja_0900_as_cs_ks',
  305: 'utf8mb4 COLLATE utf8mb4_0900_as_ci', 306: 'utf8mb4 COLLATE utf8mb4_ru_0900_ai_ci', 307: 'utf8mb4 COLLATE utf8mb4_ru_0900_as_cs', 308: 'utf8mb4 COLLATE utf8mb4_zh_0900_as_cs',
  309: 'utf8mb4 COLLATE utf8mb4_0900_bin',
};

export const COMMANDS: Readonly<Record<number, string>> = {
  0: 'SLEEP', 1: 'Quit', 2: 'Use Database', 3: 'Query', 4: 'Show Fields', 5: 'Create Database', 6: 'Drop Database', 7: 'Refresh', 8: 'Shutdown', 9: 'Statistics', 10: 'Process List',
  11: 'Connect', 12: 'Kill Server Thread', 13: 'Dump Debuginfo', 14: 'Ping', 15: 'Time', 16: 'Insert Delayed', 17: 'Change User', 18: 'Send Binlog', 19: 'Send Table', 20: 'Slave Connect',
  21: 'Register Slave', 22: 'Prepare Statement', 23: 'Execute Statement', 24: 'Send BLOB', 25: 'Close Statement', 26: 'Reset Statement', 27: 'Set Option', 28: 'Fetch Data', 29: 'Daemon',
  30: 'Send Binlog GTID', 31: 'Reset Connection', 250: 'Execute Bulk Statement',
};

export const FIELD_TYPES: Readonly<Record<number, string>> = {
  0: 'FIELD_TYPE_DECIMAL', 1: 'FIELD_TYPE_TINY', 2: 'FIELD_TYPE_SHORT', 3: 'FIELD_TYPE_LONG', 4: 'FIELD_TYPE_FLOAT', 5: 'FIELD_TYPE_DOUBLE', 6: 'FIELD_TYPE_NULL', 7: 'FIELD_TYPE_TIMESTAMP',
  8: 'FIELD_TYPE_LONGLONG', 9: 'FIELD_TYPE_INT24', 10: 'FIELD_TYPE_DATE', 11: 'FIELD_TYPE_TIME', 12: 'FIELD_TYPE_DATETIME', 13: 'FIELD_TYPE_YEAR', 14: 'FIELD_TYPE_NEWDATE',
  15: 'FIELD_TYPE_VARCHAR', 16: 'FIELD_TYPE_BIT', 246: 'FIELD_TYPE_NEWDECIMAL', 247: 'FIELD_TYPE_ENUM', 248: 'FIELD_TYPE_SET', 249: 'FIELD_TYPE_TINY_BLOB', 250: 'FIELD_TYPE_MEDIUM_BLOB',
  251: 'FIELD_TYPE_LONG_BLOB', 252: 'FIELD_TYPE_BLOB', 253: 'FIELD_TYPE_VAR_STRING', 254: 'FIELD_TYPE_STRING', 255: 'FIELD_TYPE_GEOMETRY',
};
