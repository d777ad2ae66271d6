import { expect, test } from 'vitest';
import { dissectFrames } from '../dissect-frames.ts';
import { branch, one } from '../internet.test-helper.ts';
import { browse, MESSAGES } from './browser.fixtures.test-helper.ts';

const TITLE = 'Microsoft Windows Browser';
const SHOWN = dissectFrames(MESSAGES);

test('what the list says', () => {
  expect(SHOWN.map(({ info }) => info)).toMatchInlineSnapshot(`
    [
      "Host Announcement HOST, Workstation, Server, NT Workstation, Potential Browser",
      "Request Announcement HOST",
      "Browser Election Request",
      "Get Backup List Request",
      "Get Backup List Response",
      "Become Backup Browser",
      "Domain/Workgroup Announcement GROUP, NT Workstation, Domain Enum",
      "Domain/Workgroup Announcement GROUP, NT Workstation, Domain Enum",
      "Master Announcement",
      "Reset Browser State Announcement",
      "Local Master Announcement HOST, Workstation, Server, Windows for Workgroups, Potential Browser, Master Browser",
      "Unknown (0x77)",
    ]
  `);
});

test('every message', () => {
  expect(SHOWN.map((frame) => branch(frame, TITLE).split('\n').filter((line) => !line.includes(' NOT ')).join('\n')).join('\n')).toMatchInlineSnapshot(`
    "Microsoft Windows Browser Protocol
        Command: Host Announcement (0x01)
        Update Count: 0
        Update Periodicity: 12 minutes
        Host Name: HOST
        Windows version: Windows XP
        OS Major Version: 5
        OS Minor Version: 1
        Server Type: 0x00011003
            .... .... .... .... .... .... .... ...1 = Workstation: This is a Workstation
            .... .... .... .... .... .... .... ..1. = Server: This is a Server
            .... .... .... .... ...1 .... .... .... = NT Workstation: This is an NT Workstation
            .... .... .... ...1 .... .... .... .... = Potential Browser: This is a Potential Browser
        Browser Protocol Major Version: 15
        Browser Protocol Minor Version: 1
        Signature: 0xaa55
        Host Comment: comment
    Microsoft Windows Browser Protocol
        Command: Request Announcement (0x02)
        Unused flags: 0x00
        Response Computer Name: HOST
    Microsoft Windows Browser Protocol
        Command: Browser Election Request (0x08)
        Election Version: 1
        Election Criteria: 0x10010f20
            Election Desire: 0x20
                ..1. .... = WINS: WINS Client
            Browser Protocol Major Version: 15
            Browser Protocol Minor Version: 1
            Election OS: 0x10
                .... ...0 = WfW: Not Windows for Workgroups
                ...1 .... = NT Workstation: Windows NT Workstation
                ..0. .... = NT Server: Not Windows NT Server
        Uptime: 2 hours, 4 minutes, 27.293 seconds
        Server Name: HOST
    Microsoft Windows Browser Protocol
        Command: Get Backup List Request (0x09)
        Backup List Requested Count: 4
        Backup Request Token: 8
    Microsoft Windows Browser Protocol
        Command: Get Backup List Response (0x0a)
        Backup List Requested Count: 2
        Backup Request Token: 8
        Backup Server: ONE
        Backup Server: TWO
    Microsoft Windows Browser Protocol
        Command: Become Backup Browser (0x0b)
        Browser to Promote: HOST
    Microsoft Windows Browser Protocol
        Command: Domain/Workgroup Announcement (0x0c)
        Update Count: 0
        Update Periodicity: 15 minutes
        Domain/Workgroup: GROUP
        Windows version: 
        OS Major Version: 3
        OS Minor Version: 10
        Server Type: 0x80001000
            .... .... .... .... ...1 .... .... .... = NT Workstation: This is an NT Workstation
            1... .... .... .... .... .... .... .... = Domain Enum: This is a Domain Enum request
        Mysterious Field: 0x01bbfed4
        Master Browser Server Name: MASTER
    Microsoft Windows Browser Protocol
        Command: Domain/Workgroup Announcement (0x0c)
        Update Count: 0
        Update Periodicity: 15 minutes
        Domain/Workgroup: GROUP
        Windows version: Windows 7 / Windows Server 2008 R2
        OS Major Version: 6
        OS Minor Version: 1
        Server Type: 0x80001000
            .... .... .... .... ...1 .... .... .... = NT Workstation: This is an NT Workstation
            1... .... .... .... .... .... .... .... = Domain Enum: This is a Domain Enum request
        Browser Protocol Major Version: 15
        Browser Protocol Minor Version: 1
        Signature: 0xaa55
        Master Browser Server Name: MASTER
    Microsoft Windows Browser Protocol
        Command: Master Announcement (0x0d)
        Master Browser Server Name: MASTER
    Microsoft Windows Browser Protocol
        Command: Reset Browser State Announcement (0x0e)
        ResetBrowserState Command: Unknown (0x03)
            .... ...1 = Demote LMB: Demote an LMB to a Backup Browser
            .... ..1. = Flush Browse List: Flush the Browse List
            .... .0.. = Stop Being LMB: Do not Stop Being a Local Master Browser
    Microsoft Windows Browser Protocol
        Command: Local Master Announcement (0x0f)
        Update Count: 0
        Update Periodicity: 2 minutes
        Host Name: HOST
        Windows version: 
        OS Major Version: 1
        OS Minor Version: 51
        Server Type: 0x00052003
            .... .... .... .... .... .... .... ...1 = Workstation: This is a Workstation
            .... .... .... .... .... .... .... ..1. = Server: This is a Server
            .... .... .... .... ..1. .... .... .... = WfW: This is a WfW host
            .... .... .... ...1 .... .... .... .... = Potential Browser: This is a Potential Browser
            .... .... .... .1.. .... .... .... .... = Master Browser: This is a Master Browser
        Browser Protocol Major Version: 15
        Browser Protocol Minor Version: 1
        Signature: 0xaa55
        Host Comment: 
    Microsoft Windows Browser Protocol
        Command: Unknown (0x77)"
  `);
});

test('an announcement without an end is malformed', () => {
  expect(one(browse('01 00 80fc0a00 4142')).tree).toContain('[Malformed Packet');
});
