/** What every dialog is given. */
export interface DialogBodyProps {
  readonly onClose: () => void;
}
