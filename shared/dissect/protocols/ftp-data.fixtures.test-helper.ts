/** A data connection of which nothing is known but its port. */
import { single } from '../fixture.test-helper.ts';
import type { Fixture } from '../fixture.test-helper.ts';
import { segment } from './ftp.fixtures.test-helper.ts';

export const FTP_DATA_FIXTURES: readonly Fixture[] = [single('ftp-data: port 20', segment('down', 20, 41000, 'words\n'), 'eth:ethertype:ip:tcp:ftp-data:data-text-lines')];
