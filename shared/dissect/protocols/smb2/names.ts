/** Names of commands, classes and levels (MS-SMB2 §2.2). */

export const COMMANDS: readonly string[] = ['Negotiate Protocol', 'Session Setup', 'Session Logoff', 'Tree Connect', 'Tree Disconnect', 'Create', 'Close', 'Flush', 'Read', 'Write', 'Lock', 'Ioctl', 'Cancel', 'KeepAlive', 'Find', 'Notify', 'GetInfo', 'SetInfo', 'Break'];

/** MS-FSCC §2.4. */
export const FILE_INFO_LEVELS: Readonly<Record<number, string>> = {
  4: 'SMB2_FILE_BASIC_INFO', 5: 'SMB2_FILE_STANDARD_INFO',
  6: 'SMB2_FILE_INTERNAL_INFO', 7: 'SMB2_FILE_EA_INFO',
  8: 'SMB2_FILE_ACCESS_INFO', 0xa: 'SMB2_FILE_RENAME_INFO',
  0xd: 'SMB2_FILE_DISPOSITION_INFO', 0xe: 'SMB2_FILE_POSITION_INFO',
  0xf: 'SMB2_FILE_FULL_EA_INFO', 0x10: 'SMB2_FILE_MODE_INFO',
  0x11: 'SMB2_FILE_ALIGNMENT_INFO', 0x12: 'SMB2_FILE_ALL_INFO',
  0x13: 'SMB2_FILE_ALLOCATION_INFO', 0x14: 'SMB2_FILE_ENDOFFILE_INFO',
  0x15: 'SMB2_FILE_ALTERNATE_NAME_INFO', 0x16: 'SMB2_FILE_STREAM_INFO',
  0x17: 'SMB2_FILE_PIPE_INFO', 0x1c: 'SMB2_FILE_COMPRESSION_INFO',
  0x22: 'SMB2_FILE_NETWORK_OPEN_INFO', 0x23: 'SMB2_FILE_ATTRIBUTE_TAG_INFO',
  0x30: 'SMB2_FILE_NORMALIZED_NAME_INFO', 0x64: 'SMB2_FILE_POSIX_INFO',
};

/** MS-FSCC §2.5. */
export const FS_INFO_LEVELS: Readonly<Record<number, string>> = {
  1: 'FileFsVolumeInformation', 2: 'FileFsLabelInformation',
  3: 'FileFsSizeInformation', 4: 'FileFsDeviceInformation',
  5: 'FileFsAttributeInformation', 6: 'FileFsControlInformation',
  7: 'FileFsFullSizeInformation', 8: 'FileFsObjectIdInformation',
  9: 'FileFsDriverPathInformation', 0xa: 'FileFsVolumeFlagsInformation',
  0xb: 'FileFsSectorSizeInformation',
};

/** MS-SMB2 §2.2.33. */
export const FIND_LEVELS: Readonly<Record<number, string>> = {
  1: 'SMB2_FIND_DIRECTORY_INFO', 2: 'SMB2_FIND_FULL_DIRECTORY_INFO',
  3: 'SMB2_FIND_BOTH_DIRECTORY_INFO', 4: 'SMB2_FIND_INDEX_SPECIFIED',
  0xc: 'SMB2_FIND_NAME_INFO', 0x25: 'SMB2_FIND_ID_BOTH_DIRECTORY_INFO',
  0x26: 'SMB2_FIND_ID_FULL_DIRECTORY_INFO', 0x64: 'SMB2_FIND_POSIX_INFO',
};

/** MS-FSCC §2.1.2.1. */
export const REPARSE_TAGS: Readonly<Record<number, string>> = {
  0: 'REPARSE_TAG_RESERVED_ZERO', 1: 'REPARSE_TAG_RESERVED_ONE',
  0x80000005: 'REPARSE_TAG_DRIVER_EXTENDER', 0x80000006: 'REPARSE_TAG_HSM2',
  0x80000007: 'REPARSE_TAG_SIS', 0x8000000a: 'REPARSE_TAG_DFS',
  0x8000000b: 'REPARSE_TAG_FILTER_MANAGER', 0x80000012: 'REPARSE_TAG_DFSR',
  0x80000014: 'REPARSE_TAG_NFS', 0x80000023: 'REPARSE_TAG_AF_UNIX',
  0x80000024: 'REPARSE_TAG_LX_FIFO', 0x80000025: 'REPARSE_TAG_LX_CHR',
  0x80000026: 'REPARSE_TAG_LX_BLK', 0xa0000003: 'REPARSE_TAG_MOUNT_POINT',
  0xa000000c: 'REPARSE_TAG_SYMLINK', 0xa000001d: 'REPARSE_TAG_LX_SYMLINK',
  0xc0000004: 'REPARSE_TAG_HSM',
};

/** MS-SMB2 §2.2.10. */
export const SHARE_TYPES: Readonly<Record<number, string>> = { 1: 'Physical disk', 2: 'Named pipe', 3: 'Printer' };
