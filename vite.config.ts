import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the same files are served by the web host and by Electron's custom protocol.
  base: './',
  plugins: [react()],
  build: {
    emptyOutDir: true,
    target: 'chrome120',
    // Styles as written: light-dark() is there from 123 on, and Electron and every current Chromium are far beyond.
    cssTarget: 'chrome125',
    // The content security policy allows neither inline scripts nor data: addresses for them.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
});
