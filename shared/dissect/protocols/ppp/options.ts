/** How the values of PPP options are read; shared by the tables of several control protocols. */
import type { Layer } from '../../layer.ts';
import { takeRest, type ControlFields, type Option } from './control.ts';

type Read<F extends ControlFields> = NonNullable<Option<F>['read']>;

/** One number or address; its text stands in the option's line. */
export function one<F extends ControlFields>(key: keyof F & string, text: (value: number) => string = String): Read<F> {
  return (layer) => {
    const value = layer.take(key) as unknown;
    return typeof value === 'number' ? () => text(value) : undefined;
  };
}

/** Fields one after the other. */
export function several<F extends ControlFields>(...keys: readonly (keyof F & string)[]): Read<F> {
  return (layer) => {
    for (const key of keys) layer.take(key);
    return undefined;
  };
}

/** All that is left of the option, where there is something. */
export function rest<F extends ControlFields>(key: keyof F & string): Read<F> {
  return (layer, end) => {
    takeRest(layer, key, end);
    return undefined;
  };
}

/** Fields, then what is left. */
export function severalAndRest<F extends ControlFields>(keys: readonly (keyof F & string)[], last: keyof F & string): Read<F> {
  return (layer, end) => {
    for (const key of keys) layer.take(key);
    takeRest(layer, last, end);
    return undefined;
  };
}

/** A number whose bits are drawn below it. */
export function flags<F extends ControlFields>(key: keyof F & string, text?: (value: number) => string): Read<F> {
  return (layer: Layer<F>) => {
    const value = layer.take(key) as number;
    layer.flags(key);
    return text && (() => text(value));
  };
}

/** A byte that tells how many bytes of the value follow. */
export function counted<F extends ControlFields>(key: keyof F & string, ...before: readonly (keyof F & string)[]): Read<F> {
  return (layer) => {
    for (const name of before) layer.take(name);
    const length = layer.peekU8();
    layer.skip(1);
    if (!layer.broken) layer.take(key, length);
    return undefined;
  };
}
