import { createDriver } from '../../src-shared/run/driver';

// Entry of the utility process that holds the engine. It knows one thing: a port arrives from the main process, and from then on
// the page at the other end of that port is the only one it talks to.
process.parentPort.once('message', (event) => {
  const port = event.ports[0];
  if (port === undefined) throw new Error('The engine process was started without a port.');
  const driver = createDriver({
    now: () => performance.now(),
    later: (callback) => setImmediate(callback),
    delay: (ms, callback) => setTimeout(callback, ms),
    send: (message) => port.postMessage(message),
  });
  port.on('message', (message) => driver.receive(message.data));
  // The page is gone or has asked for a fresh process: nothing is left to do here.
  port.on('close', () => process.exit(0));
  port.start();
});
