// Passes messages from one component of the page to others, whichever of them is mounted first.

/**
 * @template Message
 * @returns {{publish(message: Message): void,
 *            subscribe(receive: (message: Message) => void): () => void}} `subscribe` calls a
 *   function with each message, and at once with the latest one; it returns what ends that.
 */
export function createChannel() {
  /** @type {Message | null} */ let latest = null;
  /** @type {Set<(message: Message) => void>} */ const receivers = new Set();
  return {
    publish(message) {
      latest = message;
      for (const receive of receivers) receive(message);
    },
    subscribe(receive) {
      receivers.add(receive);
      if (latest !== null) receive(latest);
      return () => receivers.delete(receive);
    },
  };
}
