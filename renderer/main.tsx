/** Starts the window: connects to the host that serves this page and draws the app. */
import './styles/tokens.css';
import './styles/reset.css';
import { connectHost } from './ipc/client.ts';
import { startWindow } from './app/start-window.tsx';

startWindow(connectHost);
