import { describe, expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import type { DissectedFrame } from '../dissect-frames.ts';
import { bytesOf, treesShownInOrder } from '../frames.test-helper.ts';
import { branch } from '../internet.test-helper.ts';
import { COMMANDS, COMPRESSED, le32, message, REFERRALS, RESPONSE, session, SMB2_FIXTURES } from './smb2.fixtures.test-helper.ts';

const TITLE = 'SMB2';
const SHOWN = SMB2_FIXTURES.map(({ frames }) => dissectFrames(frames));
const every = SHOWN[0]?.slice(3) as DissectedFrame[];

/** A message's tree without its header. */
function body(frame: DissectedFrame): string {
  const lines = branch(frame, TITLE).split('\n');
  return lines.slice(lines.findIndex((line) => / \(0x..\)$/.test(line) && line.startsWith('    ') && line[4] !== ' ')).join('\n');
}

/** The first message that the list tells of so. */
function told(start: string): DissectedFrame {
  return every.find(({ info }) => info.startsWith(start)) as DissectedFrame;
}

test('what the list says', () => {
  expect(every.map(({ info }) => info)).toMatchInlineSnapshot(`
    [
      "Negotiate Protocol Request",
      "Negotiate Protocol Response",
      "Session Setup Request",
      "Session Setup Response, Error: STATUS_MORE_PROCESSING_REQUIRED",
      "Session Setup Request",
      "Session Setup Response",
      "Tree Connect Request Tree: \\\\srv\\data",
      "Tree Connect Response",
      "Create Request File: a.txt",
      "Create Response File: a.txt",
      "Flush Request File: a.txt",
      "Flush Response",
      "Read Request Len:4 Off:16 File: a.txt",
      "Read Response",
      "Write Request Len:4 Off:16 File: a.txt",
      "Write Response",
      "Lock Request File: a.txt",
      "Lock Response",
      "Ioctl Request FSCTL_QUERY_NETWORK_INTERFACE_INFO File: a.txt",
      "Ioctl Response FSCTL_QUERY_NETWORK_INTERFACE_INFO File: a.txt",
      "Ioctl Request FSCTL_VALIDATE_NEGOTIATE_INFO File: a.txt",
      "Ioctl Response FSCTL_VALIDATE_NEGOTIATE_INFO File: a.txt",
      "Ioctl Request FSCTL_SRV_REQUEST_RESUME_KEY File: a.txt",
      "Ioctl Response FSCTL_SRV_REQUEST_RESUME_KEY File: a.txt",
      "Ioctl Request FSCTL_SRV_COPYCHUNK File: a.txt",
      "Ioctl Response FSCTL_SRV_COPYCHUNK File: a.txt",
      "Ioctl Request FSCTL_PIPE_TRANSCEIVE File: a.txt",
      "Ioctl Response FSCTL_PIPE_TRANSCEIVE File: a.txt",
      "Ioctl Request FSCTL_CREATE_OR_GET_OBJECT_ID File: a.txt",
      "Ioctl Response FSCTL_CREATE_OR_GET_OBJECT_ID File: a.txt",
      "Ioctl Request FSCTL_SET_ZERO_DATA File: a.txt",
      "Ioctl Response FSCTL_SET_ZERO_DATA File: a.txt",
      "Ioctl Request FSCTL_SET_COMPRESSION File: a.txt",
      "Ioctl Response FSCTL_SET_COMPRESSION File: a.txt",
      "Ioctl Request FSCTL_DFS_GET_REFERRALS File: a.txt",
      "Ioctl Response FSCTL_DFS_GET_REFERRALS File: a.txt",
      "KeepAlive Request",
      "KeepAlive Response",
      "Find Request File: a.txt SMB2_FIND_DIRECTORY_INFO Pattern: *",
      "Find Response",
      "Find Request File: a.txt SMB2_FIND_FULL_DIRECTORY_INFO Pattern: *",
      "Find Response",
      "Find Request File: a.txt SMB2_FIND_BOTH_DIRECTORY_INFO Pattern: *",
      "Find Response",
      "Find Request File: a.txt SMB2_FIND_ID_BOTH_DIRECTORY_INFO Pattern: *",
      "Find Response",
      "Find Request File: a.txt SMB2_FIND_ID_FULL_DIRECTORY_INFO Pattern: *",
      "Find Response",
      "Notify Request File: a.txt",
      "Notify Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_BASIC_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_STANDARD_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_INTERNAL_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_EA_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_ACCESS_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_POSITION_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_MODE_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_ALIGNMENT_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_ALTERNATE_NAME_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_NETWORK_OPEN_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_ATTRIBUTE_TAG_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_NORMALIZED_NAME_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_ALL_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_FULL_EA_INFO File: a.txt",
      "GetInfo Response",
      "GetInfo Request FILE_INFO/SMB2_FILE_STREAM_INFO File: a.txt",
      "GetInfo Response[Malformed Packet]",
      "GetInfo Request FS_INFO/FileFsVolumeInformation File: a.txt",
      "GetInfo Response",
      "GetInfo Request FS_INFO/FileFsSizeInformation File: a.txt",
      "GetInfo Response",
      "GetInfo Request FS_INFO/FileFsDeviceInformation File: a.txt",
      "GetInfo Response",
      "GetInfo Request FS_INFO/FileFsAttributeInformation File: a.txt",
      "GetInfo Response",
      "GetInfo Request FS_INFO/FileFsControlInformation File: a.txt",
      "GetInfo Response",
      "GetInfo Request FS_INFO/FileFsFullSizeInformation File: a.txt",
      "GetInfo Response",
      "GetInfo Request FS_INFO/FileFsObjectIdInformation File: a.txt",
      "GetInfo Response[Malformed Packet]",
      "GetInfo Request SEC_INFO/SMB2_SEC_INFO_00 File: a.txt",
      "GetInfo Response",
      "GetInfo Request QUOTA_INFO/(Level:0x00) File: a.txt",
      "GetInfo Response",
      "SetInfo Request FILE_INFO/SMB2_FILE_BASIC_INFO File: a.txt",
      "SetInfo Response",
      "SetInfo Request FILE_INFO/SMB2_FILE_RENAME_INFO File: a.txt NewName:ab",
      "SetInfo Response",
      "SetInfo Request FILE_INFO/SMB2_FILE_DISPOSITION_INFO File: a.txt",
      "SetInfo Response",
      "SetInfo Request FILE_INFO/SMB2_FILE_ALLOCATION_INFO File: a.txt",
      "SetInfo Response",
      "SetInfo Request FILE_INFO/SMB2_FILE_ENDOFFILE_INFO File: a.txt",
      "SetInfo Response",
      "SetInfo Request SEC_INFO/SMB2_SEC_INFO_00 File: a.txt",
      "SetInfo Response",
      "Oplock Break Acknowledgment File: a.txt",
      "Oplock Break Response File: a.txt",
      "Lease Break Acknowledgment",
      "Lease Break Response",
      "Close Request File: a.txt",
      "Close Response",
      "Tree Disconnect Request",
      "Tree Disconnect Response",
      "Session Logoff Request",
      "Session Logoff Response",
    ]
  `);
});

test('chains, errors, answers that come later', () => {
  expect(SHOWN.slice(1).flatMap((frames) => frames.slice(3).map(({ info }) => info))).toMatchInlineSnapshot(`
    [
      "Create Request File: a.txt;Close Request",
      "Create Response File: a.txt;Close Response",
      "Notify Request File: a.txt",
      "Notify Response, Error: STATUS_PENDING",
      "Cancel Request",
      "Notify Response, Error: STATUS_CANCELLED",
      "Create Request File: a.txt",
      "Create Response, Error: STATUS_OBJECT_NAME_NOT_FOUND",
      "Lease Break Notification",
      "unknown-0x28 Request",
      "Encrypted SMB3",
      "Compressed SMB3",
      "Compressed SMB3",
      "Decomp. SMB3;KeepAlive Request",
      "Decomp. SMB3;KeepAlive Request",
      "Decomp. SMB3;KeepAlive Request",
      "Decomp. SMB3;Write Request Len:256 Off:0",
      "Decomp. SMB3;KeepAlive Request",
      "Compressed SMB3",
      "Ioctl Request FSCTL_DFS_GET_REFERRALS",
      "Ioctl Response FSCTL_DFS_GET_REFERRALS",
      "Ioctl Request FSCTL_DFS_GET_REFERRALS",
      "Ioctl Response FSCTL_DFS_GET_REFERRALS",
      "Ioctl Request FSCTL_DFS_GET_REFERRALS",
      "Ioctl Response FSCTL_DFS_GET_REFERRALS",
      "Ioctl Request FSCTL_DFS_GET_REFERRALS",
      "Ioctl Response FSCTL_DFS_GET_REFERRALS",
      "Tree Connect Request Tree: \\\\srv\\IPC$",
      "Tree Connect Response",
      "Write Request Len:4 Off:0",
      "40000 → 445 [PSH, ACK] Seq=1 Ack=1 Win=502 Len=70 [TCP segment of a reassembled PDU]",
      "Create Request File: a.txt",
    ]
  `);
});

test('a header, with what is known of tree, session and request', () => {
  expect(branch(told('Close Response'), TITLE)).toMatchInlineSnapshot(`
    "SMB2 (Server Message Block Protocol version 2): Close Response
        SMB2 Header
            ProtocolId: 0xfe534d42
            Header Length: 64
            Credit Charge: 1
            NT Status: STATUS_SUCCESS (0x00000000)
            Command: Close (6)
            Credits granted: 31
            Flags: 0x00000001
                .... .... .... .... .... .... .... ...1 = Response: This is a RESPONSE
                .... .... .... .... .... .... .... ..0. = Async command: This is a SYNC command
                .... .... .... .... .... .... .... .0.. = Chained: This pdu is NOT a chained command
                .... .... .... .... .... .... .... 0... = Signing: This pdu is NOT signed
                .... .... .... .... .... .... .000 .... = Priority: This pdu does NOT contain a PRIORITY
                ...0 .... .... .... .... .... .... .... = DFS operation: This is a normal operation
                ..0. .... .... .... .... .... .... .... = Replay operation: This is NOT a replay operation
            Chain Offset: 0x00000000
            Message ID: 192
            Process Id: 0x0000feff
            Tree Id: 0x00000005  \\\\srv\\data
                [Tree: \\\\srv\\data]
                [Share Type: Physical disk (0x01)]
                [Connected in Frame: 11]
            Session Id: 0x0000000000000077
                [Authenticated in Frame: 9]
            Signature: 00000000000000000000000000000000
            [Response to: 118]
            [Time from request: 0.001000000 seconds]
        Close Response (0x06)
            StructureSize: 0x003c
                0000 0000 0011 110. = Fixed Part Length: 30
                .... .... .... ...0 = Dynamic Part: Not set
            Close Flags: 0x0001
                .... .... .... ...1 = PostQuery Attrib: Set
            Reserved: 00000000
            Create: Nov 14, 2023 22:34:57.249075200 UTC
            Last Access: Nov 14, 2023 22:34:57.249075200 UTC
            Last Write: Nov 14, 2023 22:34:57.249075200 UTC
            Last Change: Nov 14, 2023 22:34:57.249075200 UTC
            Allocation Size: 4096
            End Of File: 1234
            File Attributes: 0x00000020
                .... .... .... .... .... .... .... ...0 = Read Only: No
                .... .... .... .... .... .... .... ..0. = Hidden: No
                .... .... .... .... .... .... .... .0.. = System: No
                .... .... .... .... .... .... ...0 .... = Directory: No
                .... .... .... .... .... .... ..1. .... = Requires archived: Yes
                .... .... .... .... .... .... 0... .... = Normal: No
                .... .... .... .... .... ...0 .... .... = Temporary: No
                .... .... .... .... .... ..0. .... .... = Sparse: No
                .... .... .... .... .... .0.. .... .... = Reparse Point: Does NOT have an associated reparse point
                .... .... .... .... .... 0... .... .... = Compressed: Uncompressed
                .... .... .... .... ...0 .... .... .... = Offline: Online
                .... .... .... .... ..0. .... .... .... = Not Content Indexed: Is indexed by the content indexing service
                .... .... .... .... .0.. .... .... .... = Encrypted: No
                .... .... .... .... 0... .... .... .... = Integrity Stream: Does NOT have Integrity Support
                .... .... .... ..0. .... .... .... .... = No Scrub Data: Is not excluded from the data integrity scan"
  `);
});

test('bodies', () => {
  expect(['Negotiate Protocol Response', 'Tree Connect Request', 'Tree Connect Response', 'Read Response', 'Write Request', 'Lock Request', 'Ioctl Response FSCTL_QUERY_NETWORK', 'Ioctl Request FSCTL_SRV_COPYCHUNK', 'Notify Response', 'Lease Break Response', 'SetInfo Request FILE_INFO/SMB2_FILE_RENAME_INFO'].map((start) => body(told(start))).join('\n')).toMatchInlineSnapshot(`
    "    Negotiate Protocol Response (0x00)
            StructureSize: 0x0041
                0000 0000 0100 000. = Fixed Part Length: 32
                .... .... .... ...1 = Dynamic Part: Set
            Security mode: 0x01
                .... ...1 = Signing enabled: Set
                .... ..0. = Signing required: Not set
            Dialect: SMB 3.1.1 (0x0311)
            NegotiateContextCount: 7
            Server Guid: 03020100-0504-0706-0809-0a0b0c0d0e0f
            Capabilities: 0x0000007f
                .... .... .... .... .... .... .... ...1 = DFS: This host supports DFS
                .... .... .... .... .... .... .... ..1. = LEASING: This host supports LEASING
                .... .... .... .... .... .... .... .1.. = LARGE MTU: This host supports LARGE_MTU
                .... .... .... .... .... .... .... 1... = MULTI CHANNEL: This host supports MULTI CHANNEL
                .... .... .... .... .... .... ...1 .... = PERSISTENT HANDLES: This host supports PERSISTENT HANDLES
                .... .... .... .... .... .... ..1. .... = DIRECTORY LEASING: This host supports DIRECTORY LEASING
                .... .... .... .... .... .... .1.. .... = ENCRYPTION: This host supports ENCRYPTION
            Max Transaction Size: 1048576
            Max Read Size: 1048576
            Max Write Size: 1048576
            Current Time: Nov 14, 2023 22:34:57.249075200 UTC
            Boot Time: Nov 14, 2023 22:34:57.249075200 UTC
            Blob Offset: 0x00000080
            Blob Length: 4
            Security Blob: 60020102
            NegotiateContextOffset: 0x00000088
            Negotiate Context: SMB2_PREAUTH_INTEGRITY_CAPABILITIES 
                Type: SMB2_PREAUTH_INTEGRITY_CAPABILITIES (0x0001)
                DataLength: 10
                Reserved: 00000000
                HashAlgorithmCount: 1
                SaltLength: 4
                HashAlgorithm: SHA-512 (0x0001)
                Salt: 01020304
            Negotiate Context: SMB2_ENCRYPTION_CAPABILITIES 
                Type: SMB2_ENCRYPTION_CAPABILITIES (0x0002)
                DataLength: 6
                Reserved: 00000000
                CipherCount: 2
                CipherId: AES-128-GCM (0x0002)
                CipherId: AES-128-CCM (0x0001)
            Negotiate Context: SMB2_COMPRESSION_CAPABILITIES 
                Type: SMB2_COMPRESSION_CAPABILITIES (0x0003)
                DataLength: 12
                Reserved: 00000000
                CompressionAlgorithmCount: 2
                Flags: 0x00000001
                    .... .... .... .... .... .... .... ...1 = Chained: Set
                    0000 0000 0000 0000 0000 0000 0000 000. = Reserved: 0x00000000
                CompressionAlgorithmId: LZNT1 (0x0001)
                CompressionAlgorithmId: LZ77 (0x0002)
            Negotiate Context: SMB2_NETNAME_NEGOTIATE_CONTEXT_ID 
                Type: SMB2_NETNAME_NEGOTIATE_CONTEXT_ID (0x0005)
                DataLength: 6
                Reserved: 00000000
                Netname: srv
            Negotiate Context: SMB2_TRANSPORT_CAPABILITIES 
                Type: SMB2_TRANSPORT_CAPABILITIES (0x0006)
                DataLength: 4
                Reserved: 00000000
                Flags: SMB2_ACCEPT_TRANSPORT_LEVEL_SECURITY (0x00000001)
            Negotiate Context: SMB2_SIGNING_CAPABILITIES 
                Type: SMB2_SIGNING_CAPABILITIES (0x0008)
                DataLength: 6
                Reserved: 00000000
                SigningAlgorithmCount: 2
                SigningAlgorithmId: AES-CMAC (0x0001)
                SigningAlgorithmId: AES-GMAC (0x0002)
            Negotiate Context: SMB2_POSIX_EXTENSIONS_CAPABILITIES 
                Type: SMB2_POSIX_EXTENSIONS_CAPABILITIES (0x0100)
                DataLength: 16
                Reserved: 00000000
                POSIX Reserved: 000102030405060708090a0b0c0d0e0f
        Tree Connect Request (0x03)
            StructureSize: 0x0009
                0000 0000 0000 100. = Fixed Part Length: 4
                .... .... .... ...1 = Dynamic Part: Set
            Flags: 0x0000
                .... .... .... ...0 = Cluster Reconnect: Not set
                .... .... .... ..0. = Redirect To Owner: Not set
                .... .... .... .0.. = Extension Present: Not set
                0000 0000 0000 0... = Reserved: 0x0000
            Tree: \\\\srv\\data
                Blob Offset: 0x00000048
                Blob Length: 20
        Tree Connect Response (0x03)
            StructureSize: 0x0010
                0000 0000 0001 000. = Fixed Part Length: 8
                .... .... .... ...0 = Dynamic Part: Not set
            Share Type: Physical disk (0x01)
            Reserved: 00
            Share flags: 0x00000030
                .... .... .... .... .... .... .... ...0 = DFS: Not set
                .... .... .... .... .... .... .... ..0. = DFS root: Not set
                .... .... .... .... .... ...0 .... .... = Restrict exclusive opens: Not set
                .... .... .... .... .... ..0. .... .... = Force shared delete: Not set
                .... .... .... .... .... .0.. .... .... = Allow namespace caching: Not set
                .... .... .... .... .... 0... .... .... = Access based directory enum: Not set
                .... .... .... .... ...0 .... .... .... = Force level II oplock: Not set
                .... .... .... .... ..0. .... .... .... = Enable hash V1: Not set
                .... .... .... .... .0.. .... .... .... = Enable hash V2: Not set
                .... .... .... .... 0... .... .... .... = Encrypted data required: Not set
                .... .... .... .0.. .... .... .... .... = Identity Remoting: Not set
                .... .... ...0 .... .... .... .... .... = Compressed IO: Not set
            Caching policy: No caching (0x00000030)
            Share Capabilities: 0x00000010
                .... .... .... .... .... .... .... 0... = DFS: Not set
                .... .... .... .... .... .... ...1 .... = CONTINUOUS AVAILABILITY: Set
                .... .... .... .... .... .... ..0. .... = SCALEOUT: Not set
                .... .... .... .... .... .... .0.. .... = CLUSTER: Not set
                .... .... .... .... .... .... 0... .... = ASSYMETRIC: Not set
                .... .... .... .... .... ...0 .... .... = REDIRECT_TO_OWNER: Not set
            Access Mask: 0x001f01ff
                .... .... .... .... .... .... .... ...1 = Read: READ access
                .... .... .... .... .... .... .... ..1. = Write: WRITE access
                .... .... .... .... .... .... .... .1.. = Append: APPEND access
                .... .... .... .... .... .... .... 1... = Read EA: READ EXTENDED ATTRIBUTES access
                .... .... .... .... .... .... ...1 .... = Write EA: WRITE EXTENDED ATTRIBUTES access
                .... .... .... .... .... .... ..1. .... = Execute: EXECUTE access
                .... .... .... .... .... .... .1.. .... = Delete Child: DELETE CHILD access
                .... .... .... .... .... .... 1... .... = Read Attributes: READ ATTRIBUTES access
                .... .... .... .... .... ...1 .... .... = Write Attributes: WRITE ATTRIBUTES access
                .... .... .... ...1 .... .... .... .... = Delete: DELETE access
                .... .... .... ..1. .... .... .... .... = Read Control: READ ACCESS to owner, group and ACL of the SID
                .... .... .... .1.. .... .... .... .... = Write DAC: OWNER may WRITE the DAC
                .... .... .... 1... .... .... .... .... = Write Owner: Can WRITE OWNER (take ownership)
                .... .... ...1 .... .... .... .... .... = Synchronize: Can wait on handle to SYNCHRONIZE on completion of I/O
                .... ...0 .... .... .... .... .... .... = System Security: System security is NOT set
                .... ..0. .... .... .... .... .... .... = Maximum Allowed: Maximum allowed is NOT set
                ...0 .... .... .... .... .... .... .... = Generic All: Generic all is NOT set
                ..0. .... .... .... .... .... .... .... = Generic Execute: Generic execute is NOT set
                .0.. .... .... .... .... .... .... .... = Generic Write: Generic write is NOT set
                0... .... .... .... .... .... .... .... = Generic Read: Generic read is NOT set
        Read Response (0x08)
            StructureSize: 0x0011
                0000 0000 0001 000. = Fixed Part Length: 8
                .... .... .... ...1 = Dynamic Part: Set
            Read Remaining: 0
            Reserved: 00000000
            Blob Offset: 0x00000050
            Reserved: 00
            Blob Length: 4
            Info: 64617461
        Write Request (0x09)
            StructureSize: 0x0031
                0000 0000 0011 000. = Fixed Part Length: 24
                .... .... .... ...1 = Dynamic Part: Set
            Data Offset: 0x0070
            Write Length: 4
            File Offset: 16
            GUID handle File: a.txt
                File Id: 04030201-0605-0807-1112-131415161718
            Channel: None (0x00000000)
            Remaining Bytes: 0
            Write Flags: 0x00000001
                .... .... .... .... .... .... .... ...1 = Write through: Client is asking for WRITE_THROUGH
                .... .... .... .... .... .... .... ..0. = Unbuffered: Client is NOT asking for UNBUFFERED write
            Blob Offset: 0x00000000
            Blob Length: 0
            Channel Info Blob: NO DATA
        Lock Request (0x0a)
            StructureSize: 0x0030
                0000 0000 0011 000. = Fixed Part Length: 24
                .... .... .... ...0 = Dynamic Part: Not set
            Lock Count: 1
            Reserved: 00000000
            GUID handle File: a.txt
                File Id: 04030201-0605-0807-1112-131415161718
            Lock Info
                File Offset: 0
                Length: 16
                Flags: 0x00000012
                    .... .... .... .... .... .... .... ...0 = Shared: Not set
                    .... .... .... .... .... .... .... ..1. = Exclusive: Set
                    .... .... .... .... .... .... .... .0.. = Unlock: Not set
                    .... .... .... .... .... .... ...1 .... = Fail Immediately: Set
                Reserved: 00000000
        Ioctl Response (0x0b)
            StructureSize: 0x0031
                0000 0000 0011 000. = Fixed Part Length: 24
                .... .... .... ...1 = Dynamic Part: Set
            Reserved: 0000
            Function: FSCTL_QUERY_NETWORK_INTERFACE_INFO (0x001401fc)
                0000 0000 0001 0100 .... .... .... .... = Device: NETWORK_FILE_SYSTEM (0x00000014)
                .... .... .... .... 00.. .... .... .... = Access: FILE_ANY_ACCESS (0x00000000)
                .... .... .... .... ..00 0001 1111 11.. = Function: 0x0000007f
                .... .... .... .... .... .... .... ..00 = Method: METHOD_BUFFERED (0x00000000)
            GUID handle File: a.txt
                File Id: 04030201-0605-0807-1112-131415161718
            Flags: 0x00000000
            Reserved: 00000000
            Blob Offset: 0x00000000
            Blob Length: 0
            In Data: NO DATA
            Blob Offset: 0x00000070
            Blob Length: 304
            Out Data
                Network Interface
                    Next Offset: 0x00000098
                    Interface Index: 5
                    Interface Cababilities: 0x00000003
                        .... .... .... .... .... .... .... ..1. = RDMA: This interface supports RDMA
                        .... .... .... .... .... .... .... ...1 = RSS: This interface supports RSS
                    RSS Queue Count: 0
                    Link Speed: 1000000000
                    Socket Address, IPv4: 192.0.2.2
                        Socket Family: 2
                        Socket Port: 0
                        Socket IPv4: 192.0.2.2
                Network Interface
                    Next Offset: 0x00000000
                    Interface Index: 6
                    Interface Cababilities: 0x00000000
                        .... .... .... .... .... .... .... ..0. = RDMA: This interface does not support RDMA
                        .... .... .... .... .... .... .... ...0 = RSS: This interface does not support RSS
                    RSS Queue Count: 0
                    Link Speed: 1000
                    Socket Address, IPv6: 2001:db8::9
                        Socket Family: 23
                        Socket Port: 0
                        IPv6 Flow Info: 0x00000000
                        Socket IPv6: 2001:db8::9
                        IPv6 Scope ID: 0
        Ioctl Request (0x0b)
            StructureSize: 0x0039
                0000 0000 0011 100. = Fixed Part Length: 28
                .... .... .... ...1 = Dynamic Part: Set
            Reserved: 0000
            Function: FSCTL_SRV_COPYCHUNK (0x001440f2)
                0000 0000 0001 0100 .... .... .... .... = Device: NETWORK_FILE_SYSTEM (0x00000014)
                .... .... .... .... 01.. .... .... .... = Access: FILE_READ_ACCESS (0x00000001)
                .... .... .... .... ..00 0000 1111 00.. = Function: 0x0000003c
                .... .... .... .... .... .... .... ..10 = Method: METHOD_OUT_DIRECT (0x00000002)
            GUID handle File: a.txt
                File Id: 04030201-0605-0807-1112-131415161718
            Max Ioctl In Size: 0
            Max Ioctl Out Size: 4096
            Flags: 0x00000001
                .... .... .... .... .... .... .... ...1 = Is FSCTL: Set
            Reserved: 00000000
            Blob Offset: 0x00000000
            Blob Length: 0
            Out Data: NO DATA
            Blob Offset: 0x00000078
            Blob Length: 56
            In Data
                ResumeKey: 000000000000000000000000000000000000000000000000
                Chunk Count: 1
                Reserved: 00000000
                Source Offset: 0
                Target Offset: 16
                Transfer Length: 16
                Reserved: 00000000
        Notify Response (0x0f)
            StructureSize: 0x0009
                0000 0000 0000 100. = Fixed Part Length: 4
                .... .... .... ...1 = Dynamic Part: Set
            Blob Offset: 0x00000048
            Blob Length: 32
            Out Data
                Notify Info
                    Next Offset: 0x00000010
                    Action: FILE_ACTION_ADDED (0x00000001)
                    Filename Length: 2
                    Filename: a
                Notify Info
                    Next Offset: 0x00000000
                    Action: FILE_ACTION_MODIFIED (0x00000003)
                    Filename Length: 4
                    Filename: bc
        Lease Break Response (0x12)
            StructureSize: 0x0024
                0000 0000 0010 010. = Fixed Part Length: 18
                .... .... .... ...0 = Dynamic Part: Not set
            Reserved: 0000
            Lease Flags: 0x00000000
                .... .... .... .... .... .... .... ...0 = Break Ack Required: Not set
                .... .... .... .... .... .... .... ..0. = Break In Progress: Not set
                .... .... .... .... .... .... .... .0.. = Parent Lease Key Set: Not set
            Lease Key: 03020100-0504-0706-0809-0a0b0c0d0e0f
            Lease State: 0x00000001
                .... .... .... .... .... .... .... ...1 = Read Caching: Set
                .... .... .... .... .... .... .... ..0. = Handle Caching: Not set
                .... .... .... .... .... .... .... .0.. = Write Caching: Not set
            Lease Duration: 0x0000000000000000
        SetInfo Request (0x11)
            StructureSize: 0x0021
                0000 0000 0010 000. = Fixed Part Length: 16
                .... .... .... ...1 = Dynamic Part: Set
            Class: FILE_INFO (0x01)
            InfoLevel: SMB2_FILE_RENAME_INFO (0x0a)
            Setinfo Size: 24
            Setinfo Offset: 0x0060
            Reserved: 0
            Additional Info: 0x00000000
            GUID handle File: a.txt
                File Id: 04030201-0605-0807-1112-131415161718
            SMB2_FILE_RENAME_INFO
                Replace If: Do not replace
                Reserved (Random): 00000000000000
                Root Dir Handle (MBZ): 0000000000000000
                Filename Length: 4
                Filename: ab"
  `);
});

test('contexts of Create', () => {
  expect(body(told('Create Response'))).toMatchInlineSnapshot(`
    "    Create Response (0x05)
            StructureSize: 0x0059
                0000 0000 0101 100. = Fixed Part Length: 44
                .... .... .... ...1 = Dynamic Part: Set
            Oplock: Batch oplock (0x09)
            Response Flags: 0x00
                .... ...0 = ReparsePoint: Not set
            Create Action: The file existed and was opened (1)
            Create: Nov 14, 2023 22:34:57.249075200 UTC
            Last Access: Nov 14, 2023 22:34:57.249075200 UTC
            Last Write: Nov 14, 2023 22:34:57.249075200 UTC
            Last Change: Nov 14, 2023 22:34:57.249075200 UTC
            Allocation Size: 4096
            End Of File: 1234
            File Attributes: 0x00000020
                .... .... .... .... .... .... .... ...0 = Read Only: No
                .... .... .... .... .... .... .... ..0. = Hidden: No
                .... .... .... .... .... .... .... .0.. = System: No
                .... .... .... .... .... .... ...0 .... = Directory: No
                .... .... .... .... .... .... ..1. .... = Requires archived: Yes
                .... .... .... .... .... .... 0... .... = Normal: No
                .... .... .... .... .... ...0 .... .... = Temporary: No
                .... .... .... .... .... ..0. .... .... = Sparse: No
                .... .... .... .... .... .0.. .... .... = Reparse Point: Does NOT have an associated reparse point
                .... .... .... .... .... 0... .... .... = Compressed: Uncompressed
                .... .... .... .... ...0 .... .... .... = Offline: Online
                .... .... .... .... ..0. .... .... .... = Not Content Indexed: Is indexed by the content indexing service
                .... .... .... .... .0.. .... .... .... = Encrypted: No
                .... .... .... .... 0... .... .... .... = Integrity Stream: Does NOT have Integrity Support
                .... .... .... ..0. .... .... .... .... = No Scrub Data: Is not excluded from the data integrity scan
            Reserved: 00000000
            GUID handle File: a.txt
                File Id: 04030201-0605-0807-1112-131415161718
            Blob Offset: 0x00000098
            Blob Length: 168
            ExtraInfo SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST SMB2_CREATE_REQUEST_LEASE SMB2_CREATE_QUERY_ON_DISK_ID
                Chain Element: SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST "MxAc"
                    Chain Offset: 0x00000020
                    Tag: MxAc
                        Blob Offset: 0x00000010
                        Blob Length: 4
                    Blob Offset: 0x00000018
                    Blob Length: 8
                    Data: MxAc INFO
                        MxAc INFO
                            Query Status: STATUS_SUCCESS (0x00000000)
                            Access Mask: 0x001f01ff
                                .... .... .... .... .... .... .... ...1 = Read: READ access
                                .... .... .... .... .... .... .... ..1. = Write: WRITE access
                                .... .... .... .... .... .... .... .1.. = Append: APPEND access
                                .... .... .... .... .... .... .... 1... = Read EA: READ EXTENDED ATTRIBUTES access
                                .... .... .... .... .... .... ...1 .... = Write EA: WRITE EXTENDED ATTRIBUTES access
                                .... .... .... .... .... .... ..1. .... = Execute: EXECUTE access
                                .... .... .... .... .... .... .1.. .... = Delete Child: DELETE CHILD access
                                .... .... .... .... .... .... 1... .... = Read Attributes: READ ATTRIBUTES access
                                .... .... .... .... .... ...1 .... .... = Write Attributes: WRITE ATTRIBUTES access
                                .... .... .... ...1 .... .... .... .... = Delete: DELETE access
                                .... .... .... ..1. .... .... .... .... = Read Control: READ ACCESS to owner, group and ACL of the SID
                                .... .... .... .1.. .... .... .... .... = Write DAC: OWNER may WRITE the DAC
                                .... .... .... 1... .... .... .... .... = Write Owner: Can WRITE OWNER (take ownership)
                                .... .... ...1 .... .... .... .... .... = Synchronize: Can wait on handle to SYNCHRONIZE on completion of I/O
                                .... ...0 .... .... .... .... .... .... = System Security: System security is NOT set
                                .... ..0. .... .... .... .... .... .... = Maximum Allowed: Maximum allowed is NOT set
                                ...0 .... .... .... .... .... .... .... = Generic All: Generic all is NOT set
                                ..0. .... .... .... .... .... .... .... = Generic Execute: Generic execute is NOT set
                                .0.. .... .... .... .... .... .... .... = Generic Write: Generic write is NOT set
                                0... .... .... .... .... .... .... .... = Generic Read: Generic read is NOT set
                Chain Element: SMB2_CREATE_REQUEST_LEASE "RqLs"
                    Chain Offset: 0x00000050
                    Tag: RqLs
                        Blob Offset: 0x00000010
                        Blob Length: 4
                    Blob Offset: 0x00000018
                    Blob Length: 52
                    Data: LEASE_V2
                        LEASE_V2
                            Lease Key: 03020100-0504-0706-0809-0a0b0c0d0e0f
                            Lease State: 0x00000007
                                .... .... .... .... .... .... .... ...1 = Read Caching: Set
                                .... .... .... .... .... .... .... ..1. = Handle Caching: Set
                                .... .... .... .... .... .... .... .1.. = Write Caching: Set
                            Lease Flags: 0x00000000
                                .... .... .... .... .... .... .... ...0 = Break Ack Required: Not set
                                .... .... .... .... .... .... .... ..0. = Break In Progress: Not set
                                .... .... .... .... .... .... .... .0.. = Parent Lease Key Set: Not set
                            Lease Duration: 0x0000000000000000
                            Parent Lease Key: 03020100-0504-0706-0809-0a0b0c0d0e0f
                            Lease Epoch: 0x0001
                            Lease Reserved: 0x0000
                Chain Element: SMB2_CREATE_QUERY_ON_DISK_ID "QFid"
                    Chain Offset: 0x00000000
                    Tag: QFid
                        Blob Offset: 0x00000010
                        Blob Length: 4
                    Blob Offset: 0x00000018
                    Blob Length: 32
                    Data: QFid INFO
                        QFid INFO
                            Opaque File ID: 0000000000000000000000000000000000000000000000000000000000000000"
  `);
});

test('whatever was looked at before', () => {
  const { frames } = session(COMMANDS.slice(0, 20));
  const order = Array.from(frames, (_, index) => index);
  expect(treesShownInOrder(frames, order.toReversed())).toEqual(treesShownInOrder(frames, order));
});

test.each([
  ['a body that is cut off', message({ command: 8, id: 1 }, '3100 50 00 0400')],
  ['a name beyond the message', message({ command: 3, id: 1 }, '0900 0000 4800 ff00')],
])('malformed: %s', (_what, bytes) => {
  expect(dissectFrames(session([bytes]).frames)[3]?.tree).toContain('[Malformed Packet');
});

test('an answer whose request was not seen', () => {
  const shown = dissectFrames(session([message({ command: 3, id: 9, flags: RESPONSE }, '1000 01 00 30000000 10000000 ff011f00')]).frames)[3];
  expect([shown?.values['smb2.response_to'], shown?.values['smb2.time'], shown?.info]).toEqual([undefined, undefined, 'Tree Connect Response']);
});

describe('where parts of a distributed file system are', () => {
  const frames = dissectFrames(session(REFERRALS).frames).slice(3);
  const texts = (index: number, ...keys: readonly string[]): unknown[] => keys.map((key) => frames[index]?.values[key]);

  test('the question', () => {
    expect(texts(0, 'smb.max_referral_level', 'smb.file')).toEqual([['4'], ['\\srv\\dfs']]);
  });

  test.each([
    [1, 'the oldest form', ['smb.dfs.referral.node'], [['\\fs']]],
    [3, 'the third form', ['smb.dfs.referral.ttl', 'smb.dfs.referral.path', 'smb.dfs.referral.alt_path', 'smb.dfs.referral.node'], [['300'], ['\\srv\\dfs'], ['\\SRV\\D'], ['\\fs\\x']]],
    [5, 'the controllers of a domain', ['smb.dfs.referral.domain_name', 'smb.dfs.referral.expname'], [['\\a.b'], ['\\dc1', '\\dc2']]],
    [7, 'the second form', ['smb.dfs.referral.proximity', 'smb.dfs.referral.node'], [['5'], ['\\fs\\x']]],
  ])('answer %i: %s', (index, _form, keys, expected) => {
    expect(texts(index, ...keys)).toEqual(expected);
  });
});

describe('compressed messages', () => {
  const [lznt1, lz77, fromOffset, chain, chainOfOne, unknown] = dissectFrames(session(COMPRESSED).frames).slice(3) as [DissectedFrame, DissectedFrame, DissectedFrame, DissectedFrame, DissectedFrame, DissectedFrame];

  test.each([['LZNT1', lznt1], ['LZ77', lz77], ['LZ77 from an offset on', fromOffset], ['LZNT1 in a chain', chainOfOne]])('%s: what is within is read', (_what, frame) => {
    expect(frame.info).toBe('Decomp. SMB3;KeepAlive Request');
    expect(frame.values['smb2.cmd']).toEqual(['13']);
  });

  test('a chain of plain bytes and a pattern', () => {
    expect(chain.values).toMatchObject({ 'smb2.pattern_v1.pattern': ['0xaa'], 'smb2.pattern_v1.repetitions': ['256'], 'smb2.cmd': ['9'], 'data.data': ['aa'.repeat(256)] });
    expect(branch(chain, TITLE).split('\n').slice(0, 19).join('\n')).toMatchInlineSnapshot(`
      "SMB2 (Server Message Block Protocol version 2)
          SMB2 Compression Transform Header
              ProtocolId: 0xfc534d42
              OriginalSize: 368
              COMPRESSION_PAYLOAD_HEADER
                  CompressionAlgorithm: None (0x0000)
                  Flags: Chained (0x0001)
                  Length: 0x00000070
                  CompressedData: fe534d42400001000000000009001f0000000000000000000200000000000000fffe000005000000770000000000000000000000000000000000000000000000310070000001000000000000000000000102030405060708111213141516171800000000000000000000000000000000
              COMPRESSION_PAYLOAD_HEADER
                  CompressionAlgorithm: Pattern_V1 (0x0004)
                  Flags: None (0x0000)
                  Length: 0x00000008
                  Pattern 0xaa repeated 256 times
                      Pattern: 0xaa
                      Reserved1: 0x00
                      Reserved2: 0x0000
                      Repetitions: 256
                  CompressedData: aa00000000010000"
    `);
  });

  test('what nobody can decompress is shown as it is', () => {
    expect(unknown.info).toBe('Compressed SMB3');
    expect(unknown.values['smb2.header.comp_transform.data']).toEqual(['0102030405']);
    expect(unknown.tree).toContain('Damaged data, or a compression that is not known');
  });

  test('a pattern that goes on for 4 GiB ends at the limit, and the tree says so', () => {
    const echo = message({ command: 13, id: 1 }, '0400 0000');
    const [bomb] = dissectFrames(session([bytesOf('fc534d42 ffffffff 0000 0100', le32(echo.length), echo, '0400 0000 08000000 aa000000 ffffffff')]).frames).slice(3);
    expect(bomb?.info).toBe('Decomp. SMB3;KeepAlive Request');
    expect(bomb?.tree).toContain('Only the first 9 MiB are shown decompressed');
  });
});
