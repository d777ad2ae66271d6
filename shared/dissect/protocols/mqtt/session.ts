/** What an MQTT connection has agreed on: its version, and short numbers for topics. */
import type { MqttLayer } from './fields.ts';

/** Versions and aliases kept for one connection. */
const MAX_VERSIONS = 16;
const MAX_ALIASES = 1024;

interface Session {
  /** In order of packets; a later CONNECT may speak another version. */
  readonly versions: { readonly packet: number; readonly version: number }[];
  /** Topics by alias, one map for each direction (MQTT 5.0 §3.3.2.3.4). */
  readonly aliases: readonly [Map<number, string>, Map<number, string>];
}

/** Topics that messages of one layer name by alias, by the message's number. */
type AliasFact = Record<number, string>;

const MAX_FACTS = 256;

function newSession(): Session {
  return { versions: [], aliases: [new Map(), new Map()] };
}

export function learnVersion(layer: MqttLayer, version: number): void {
  const session = layer.learn(newSession);
  if (session && session.versions.length < MAX_VERSIONS) session.versions.push({ packet: layer.packet.number, version });
}

/** The protocol level of the connection at this packet (3, 4, 5); 0 where no CONNECT was seen. */
export function versionOf(layer: MqttLayer): number {
  const { number } = layer.packet;
  const versions = layer.learned<Session>()?.versions;
  return (versions?.findLast(({ packet }) => packet <= number) ?? versions?.[0])?.version ?? 0;
}

/** A PUBLISH with an alias: with a topic it sets the alias, without it uses it. */
export function learnAlias(layer: MqttLayer, ordinal: number, alias: number, topic: string): void {
  const session = layer.learn(newSession);
  if (!session) return;
  const aliases = session.aliases[layer.run.flow?.direction ?? 0];
  if (topic !== '' && aliases.size < MAX_ALIASES) aliases.set(alias, topic);
  const known = aliases.get(alias);
  if (known === undefined || ordinal >= MAX_FACTS) return;
  const fact = layer.fact<AliasFact>() ?? {};
  fact[ordinal] = known;
  layer.setFact(fact);
}

/** The topic that the message's alias stands for. */
export function aliasedTopic(layer: MqttLayer, ordinal: number): string | undefined {
  return layer.fact<AliasFact>()?.[ordinal];
}
