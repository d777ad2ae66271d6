import { Unplug } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';

/** Shown instead of the window when nothing answers at the other end. */
export function NoHost({ message }: { readonly message: string }) {
  return (
    <EmptyState icon={Unplug} title="Layerscope does not answer" failure action={<Button onClick={() => window.location.reload()}>Try again</Button>}>
      {message}
    </EmptyState>
  );
}
