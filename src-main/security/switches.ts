import { app } from 'electron';

/**
 * Chromium's own errands: each of these would open a connection by itself, without any page asking for one. They have to be
 * switched off before the application is ready.
 */
export function silenceChromium(): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
    'disable-client-side-phishing-detection',
    'disable-breakpad',
    'no-pings',
    'no-first-run',
    'no-default-browser-check',
    'metrics-recording-only',
  ]) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch(
    'disable-features',
    [
      'NetworkTimeServiceQuerying',
      'OptimizationHints',
      'MediaRouter',
      'AutofillServerCommunication',
      'CertificateTransparencyComponentUpdater',
      'DialMediaRouteProvider',
    ].join(','),
  );
  // Nothing is resolved and no proxy is looked for (WPAD asks the local network): there is no address that the program should reach.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('no-proxy-server');
}
