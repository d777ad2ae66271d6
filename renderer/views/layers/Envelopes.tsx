/** The packet as nested envelopes: widths are bytes to scale, heights make room for labels. */
import type { PacketDetail } from '../../../shared/ipc/contract.ts';
import { formatBytes, formatCount, formatPercent } from '../../../shared/format/size.ts';
import type { Envelope, PacketEnvelopes } from '../../../shared/layers/envelopes.ts';
import { LayerChip } from '../../ui/LayerChip.tsx';
import { cx } from '../../ui/cx.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import styles from './Envelopes.module.css';
import { bytesText, layOutEnvelopes, type EnvelopeBox, type EnvelopeLayout, type Tick } from './envelope-layout.ts';
import { layerStyle } from './layer-style.ts';

export interface EnvelopesProps {
  readonly detail: PacketDetail;
  readonly envelopes: PacketEnvelopes;
  readonly current: number;
  readonly hoveredOsi: number;
  readonly onHoverOsi: (osi: number) => void;
  readonly onSelectLayer: (layer: number) => void;
}

const roomyFrom = 360;

export function Envelopes({ detail, envelopes, current, hoveredOsi, onHoverOsi, onSelectLayer }: EnvelopesProps) {
  const [figure, width] = useElementWidth<HTMLDivElement>(304);
  const roomy = width >= roomyFrom;
  const layout = layOutEnvelopes(envelopes, { width, row: roomy ? 26 : 22, content: roomy ? 52 : 42 });
  return (
    <section aria-label="Envelopes">
      <h3 className={styles.heading}>
        Envelopes <span>to scale, {formatCount(envelopes.wireLength)} bytes</span>
      </h3>
      <WireLine envelopes={envelopes} />
      <div ref={figure} className={styles.figure} style={{ height: layout.height }} role="img" aria-label={spoken(envelopes.outermost)} data-wire={envelopes.wire !== null} data-cut={layout.missing.width > 0}>
        <Hatches layout={layout} />
        {layout.boxes.map((box) => (
          <Box key={box.envelope.layer} box={box} row={layout.row} current={current === box.envelope.layer} hovered={hoveredOsi === box.envelope.osi} onHoverOsi={onHoverOsi} onSelectLayer={onSelectLayer} />
        ))}
        <Message detail={detail} envelopes={envelopes} layout={layout} />
        {layout.missing.width > 0 && <i className={styles.missing} style={{ left: layout.missing.x, width: layout.missing.width }} />}
      </div>
      <Ruler ticks={layout.ticks} />
      <Summary envelopes={envelopes} />
    </section>
  );
}

function WireLine({ envelopes }: { readonly envelopes: PacketEnvelopes }) {
  const { wire } = envelopes;
  if (wire === null) return null;
  const extras = ['preamble', wire.padding > 0 ? 'padding' : '', wire.checksum > 0 ? 'FCS' : ''].filter((name) => name !== '');
  return (
    <div className={styles.wireLine}>
      <LayerChip osi={1} />
      <b>On the wire</b>
      <span>
        {formatCount(wire.total)} B with {extras.join(', ')}
      </span>
    </div>
  );
}

function Hatches({ layout }: { readonly layout: EnvelopeLayout }) {
  return [layout.preamble, layout.trailer].filter(({ width }) => width > 0).map(({ x, width }) => <i key={x} className={styles.hatch} style={{ left: x, width }} />);
}

interface BoxProps extends Pick<EnvelopesProps, 'onHoverOsi' | 'onSelectLayer'> {
  readonly box: EnvelopeBox;
  readonly row: number;
  readonly current: boolean;
  readonly hovered: boolean;
}

/** The ladder is the way for the keyboard; the figure is for eyes and pointer. */
function Box({ box, row, current, hovered, onHoverOsi, onSelectLayer }: BoxProps) {
  const { envelope, label } = box;
  return (
    <>
      <div
        className={cx(styles.box, current && styles.current)}
        style={{ ...layerStyle(envelope.osi), left: box.x, top: box.y, width: box.width, height: box.height }}
        onPointerEnter={() => onHoverOsi(envelope.osi)}
        onPointerLeave={() => onHoverOsi(0)}
        onClick={() => onSelectLayer(envelope.layer)}
      >
        <i className={styles.strip} style={{ width: box.strip }} />
      </div>
      {hovered && <i className={styles.hovered} style={{ ...layerStyle(envelope.osi), left: box.x, top: box.y, width: box.width, height: box.height }} />}
      <div
        className={cx(styles.label, label.onStripOf > 0 && styles.onStrip, label.beside && styles.beside)}
        style={{ ...layerStyle(envelope.osi), left: label.x, top: box.y, width: label.width, height: row }}
      >
        <LayerChip osi={envelope.osi} />
        <b>{envelope.title}</b>
        {label.withBytes && <span>{bytesText(envelope)}</span>}
      </div>
    </>
  );
}

/** What the message says, in the innermost envelope. */
function Message({ detail, envelopes, layout }: { readonly detail: PacketDetail; readonly envelopes: PacketEnvelopes; readonly layout: EnvelopeLayout }) {
  const box = layout.innermost;
  // What an ICMP error quotes is not what this packet says.
  if (box === null || envelopes.quoted.has(box.envelope.layer) || box.label.beside || box.label.width < 60) return null;
  const text = messageText(detail, envelopes, box);
  if (text === '') return null;
  const y = box.y + layout.row;
  return (
    <div className={cx(styles.message, box.label.onStripOf > 0 && styles.onStrip)} style={{ left: box.label.x, top: y, width: box.label.width, height: box.y + box.height - y }}>
      <span>{text}</span>
    </div>
  );
}

function messageText(detail: PacketDetail, envelopes: PacketEnvelopes, box: EnvelopeBox): string {
  const [first] = envelopes.elsewhere;
  const whole = first === undefined ? undefined : detail.layers[first];
  if (whole !== undefined) return `${whole.title}, put together from several packets: ${formatBytes(whole.length)}`;
  return box.envelope.osi > 4 || box.envelope.role === 'message' ? detail.row.info : '';
}

function Ruler({ ticks }: { readonly ticks: readonly Tick[] }) {
  return (
    <div className={styles.ruler} aria-hidden>
      {ticks.map((tick) => (
        <i key={tick.text} className={cx(tick.atEnd && styles.end)} style={{ left: tick.x }}>
          {tick.text}
        </i>
      ))}
    </div>
  );
}

function Summary({ envelopes }: { readonly envelopes: PacketEnvelopes }) {
  const { overhead, payload, padding, wireLength, capturedLength } = envelopes;
  const missing = wireLength - capturedLength;
  return (
    <p className={styles.summary}>
      {payload > 0 ? (
        <>
          {formatCount(overhead)} B of headers carry {formatCount(payload)} B, <b>{formatPercent(payload, wireLength)}</b> of the frame.
        </>
      ) : (
        <>
          {formatCount(overhead)} B of headers carry <b>no data</b>.
        </>
      )}
      {padding > 0 && <> {formatCount(padding)} B are padding.</>}
      {missing > 0 && <> {formatCount(missing)} B were not captured: the hatched part.</>}
    </p>
  );
}

function spoken(envelopes: readonly Envelope[]): string {
  return envelopes
    .map((envelope) => {
      const inside = envelope.children.length > 0 ? `, holds: ${spoken(envelope.children)}` : '';
      return `${envelope.title}, layer ${envelope.osi}, ${bytesText(envelope)}${inside}`;
    })
    .join('; then ');
}
