/** Takes rules from a file of Wireshark's or ours. */
import { readRules } from '../../../shared/colouring/rule-file.ts';
import type { ColouringRule } from '../../../shared/colouring/rule.ts';
import { ImportFile, type ReadFile } from '../../app/dialogs/ImportFile.tsx';

export interface ImportRulesProps {
  readonly onTake: (rules: readonly ColouringRule[], replacesAll: boolean) => void;
  readonly onCancel: () => void;
}

export function ImportRules({ onTake, onCancel }: ImportRulesProps) {
  return (
    <ImportFile
      thing="rule"
      about={
        <>
          Wireshark keeps its rules in a file called <code>colorfilters</code>, in its personal configuration folder. Choose such a file, or paste its lines. The dark theme gets colours of the same hues.
        </>
      }
      example="@Name@tcp.port == 443@[59110,64250,53199][4626,10023,11822]"
      read={read}
      addTitle="Add before the others"
      onTake={onTake}
      onCancel={onCancel}
    />
  );
}

function read(text: string): ReadFile<ColouringRule> {
  const { rules, problems } = readRules(text);
  return { things: rules, problems };
}
