/** What the start page lists, as the host tells it. */
import type { shellContract } from '../../../shared/ipc/contract.ts';
import type { Reply } from '../../../shared/ipc/define.ts';

export type RecentFile = Reply<typeof shellContract, 'shell.recent'>['files'][number];
export type Sample = Reply<typeof shellContract, 'shell.samples'>['samples'][number];
