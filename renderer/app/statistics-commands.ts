/** Commands that show statistics. */
import { showView } from '../stores/layout.ts';
import { showStatistic, statisticIds, type StatisticId } from '../stores/statistics.ts';
import { needsPackets, type Command } from './command.ts';

const titles: Readonly<Record<StatisticId, string>> = { protocols: 'Protocol hierarchy', conversations: 'Conversations', endpoints: 'Endpoints' };

export const statisticsCommands: readonly Command[] = statisticIds.map((id): Command => ({
  id: `statistics.${id}`,
  title: titles[id],
  menu: 'statistics',
  group: 'count',
  keys: [],
  disabledReason: needsPackets,
  run: ({ stores }) => {
    showStatistic(stores.statistics, id);
    showView(stores.layout, 'statistics');
  },
}));
