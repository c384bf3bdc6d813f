// Lets a Worker hear what it is told before it goes on.

/** @param {() => void} next Called after the messages that have come meanwhile. */
export function later(next) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    next();
  };
  port2.postMessage(null);
}
