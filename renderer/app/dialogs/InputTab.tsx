/** Which interfaces, and how each is listened to. */
import { useState } from 'react';
import { useStore } from 'zustand';
import type { LiveInterface } from '../../../shared/ipc/capture-contract.ts';
import { changeForm, changeInterface, chooseInterfaces, formOf, type InterfaceForm } from '../../stores/capture-form.ts';
import { captureObstacle } from '../../stores/live.ts';
import type { FieldError } from '../../stores/read-capture-form.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { CaptureFilterBox } from '../../views/capture-filter/CaptureFilterBox.tsx';
import { useFilterCheck } from '../../views/capture-filter/use-filter-check.ts';
import { BackendNotice } from '../../views/interfaces/BackendNotice.tsx';
import { filterTargets, interfaceAddresses, interfaceState, interfaceTitle } from '../../views/interfaces/interface-facts.ts';
import { useApp } from '../context.ts';
import styles from './CaptureOptions.module.css';
import { CheckField, errorOf, SelectField, TextField } from './fields.tsx';

export function InputTab({ errors }: { readonly errors: readonly FieldError[] }) {
  const { stores } = useApp();
  const found = useStore(stores.live, (state) => state.found);
  const form = useStore(stores.captureForm);
  const ownSsh = useStore(stores.live, (state) => state.settings?.ownSshFilter ?? null);
  const canCheck = useStore(stores.live, (state) => captureObstacle(state) === null);
  const [shownName, setShownName] = useState<string | null>(null);
  const chosen = (found?.interfaces ?? []).filter(({ name }) => form.chosen.includes(name));
  const check = useFilterCheck(form.filter, canCheck ? filterTargets(chosen, form) : []);
  if (found === null) return <p role="status">Looking for interfaces…</p>;
  const { interfaces } = found;
  const shown = interfaces.find(({ name }) => name === (shownName ?? form.chosen[0])) ?? interfaces[0];
  const choose = (name: string, isChosen: boolean): void => {
    setShownName(name);
    chooseInterfaces(stores.captureForm, interfaces.map((one) => one.name).filter((one) => (one === name ? isChosen : form.chosen.includes(one))));
  };
  return (
    <>
      <BackendNotice found={found} />
      <div className={styles.input}>
        <ul className={styles.list} aria-label="Interfaces">
          {interfaces.map((one) => (
            <li key={one.name} className={cx(styles.item, one === shown && styles.shown)}>
              <input type="checkbox" aria-label={`Capture on ${one.name}`} checked={form.chosen.includes(one.name)} onChange={(event) => choose(one.name, event.target.checked)} />
              <button type="button" className={styles.show} aria-pressed={one === shown} onClick={() => setShownName(one.name)}>
                <b>{one.name}</b>
                <small>{aboutInterface(one)}</small>
              </button>
            </li>
          ))}
        </ul>
        {shown === undefined ? <p>This system shows no interface to capture on.</p> : <InterfaceSettings key={shown.name} shown={shown} chosen={chosen} errors={errors} canCheck={canCheck} />}
      </div>
      <CaptureFilterBox
        label="Capture filter for all chosen interfaces"
        placeholder={`Capture filter for ${chosen.length === 1 ? (chosen[0]?.name ?? '') : 'all chosen interfaces'}`}
        value={form.filter}
        onChange={(filter) => changeForm(stores.captureForm, { filter })}
        check={check}
      />
      <CheckField
        checked={form.excludeOwnSsh && ownSsh !== null}
        disabled={ownSsh === null}
        onChange={(excludeOwnSsh) => changeForm(stores.captureForm, { excludeOwnSsh })}
        hint={ownSsh === null ? 'Layerscope was not started through SSH.' : `Otherwise showing packets makes packets. Adds: ${ownSsh}`}
      >
        Leave out my own SSH session
      </CheckField>
    </>
  );
}

function aboutInterface(one: LiveInterface): string {
  return [interfaceTitle(one), interfaceState(one) ?? interfaceAddresses(one)[0] ?? ''].filter((part) => part !== '').join(', ') || 'no address';
}

interface InterfaceSettingsProps {
  readonly shown: LiveInterface;
  readonly chosen: readonly LiveInterface[];
  readonly errors: readonly FieldError[];
  readonly canCheck: boolean;
}

function InterfaceSettings({ shown, chosen, errors, canCheck }: InterfaceSettingsProps) {
  const { stores } = useApp();
  const form = useStore(stores.captureForm);
  const { name, linkTypes, timestampTypes, canMonitor } = shown;
  const own = formOf(form, name);
  const change = (changed: Partial<InterfaceForm>): void => changeInterface(stores.captureForm, [name], changed);
  const check = useFilterCheck(own.filter, canCheck ? filterTargets([shown], form) : []);
  const others = chosen.filter((one) => one !== shown).map((one) => one.name);
  return (
    <div className={styles.settings}>
      <h3>{name}</h3>
      <CheckField checked={own.promiscuous} onChange={(promiscuous) => change({ promiscuous })} hint="Also packets for others, where the network shows them">
        Promiscuous
      </CheckField>
      <CheckField checked={own.monitor && canMonitor !== false} disabled={canMonitor === false} onChange={(monitor) => change({ monitor })} hint={canMonitor === false ? 'This interface cannot' : 'Every Wi-Fi frame in the air; may end the connection'}>
        Monitor mode
      </CheckField>
      <TextField label="Bytes kept of each packet" numeric placeholder="all" value={own.snaplen} onChange={(snaplen) => change({ snaplen })} error={errorOf(errors, `snaplen of ${name}`)} hint="Empty: all" />
      <TextField label="Kernel buffer, KiB" numeric placeholder="2048" value={own.bufferKib} onChange={(bufferKib) => change({ bufferKib })} error={errorOf(errors, `bufferKib of ${name}`)} hint="Larger: fewer drops in bursts" />
      <SelectField
        label="Link type"
        value={linkTypes.some((one) => one.name === own.linkType) ? own.linkType : ''}
        options={[['', `Default${linkTypes[0] === undefined ? '' : ` (${linkTypes[0].description || linkTypes[0].name})`}`], ...linkTypes.slice(1).map((one) => [one.name, one.description || one.name] as const)]}
        onChange={(linkType) => change({ linkType })}
      />
      <SelectField
        label="Time stamps by"
        value={timestampTypes.includes(own.timestampType) ? own.timestampType : ''}
        options={[['', 'Default'], ...timestampTypes.map((type) => [type, timestampTitles[type] ?? type] as const)]}
        onChange={(timestampType) => change({ timestampType })}
      />
      <SelectField label="Precision" value={own.precision} options={precisionTitles} onChange={(precision) => change({ precision })} />
      <div>
        {others.length > 0 && (
          <Button kind="link" onClick={() => changeInterface(stores.captureForm, others, { promiscuous: own.promiscuous, snaplen: own.snaplen, bufferKib: own.bufferKib, precision: own.precision, filter: own.filter })}>
            Use these for all chosen
          </Button>
        )}
      </div>
      <div className={styles.wide}>
        <CaptureFilterBox label={`Filter of ${name} alone`} placeholder={`Filter of ${name} alone, instead of the one below`} value={own.filter} onChange={(filter) => change({ filter })} check={check} />
      </div>
    </div>
  );
}

const precisionTitles: readonly (readonly [InterfaceForm['precision'], string])[] = [
  ['auto', 'The finest there is'],
  ['micro', 'Microseconds'],
  ['nano', 'Nanoseconds'],
];

/** pcap-tstamp(7). */
const timestampTitles: Readonly<Record<string, string>> = {
  host: 'Host',
  host_lowprec: 'Host, low precision',
  host_hiprec: 'Host, high precision',
  host_hiprec_unsynced: 'Host, high precision, not set to the clock',
  adapter: 'Network card, set to the clock',
  adapter_unsynced: 'Network card',
};
